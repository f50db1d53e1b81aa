package dev.byway.core.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One row of the table of settings. Compared by identity: there is one object for each name.
 *
 * @param <T> the type of its value
 */
public final class Setting<T> {
    private final String name;
    private final ValueType<T> type;
    private final String byDefault;
    private final Optional<String> onWindows;
    private final Optional<String> microsoft;
    private final Optional<String> secretInstead;
    private final Set<Role> roles;
    private final boolean fleetWide;
    private final Status status;
    private final String meaning;

    Setting(SettingRow<T> row, String meaning) {
        this.name = row.name;
        this.type = row.type;
        this.byDefault = row.byDefault;
        this.onWindows = row.onWindows;
        this.microsoft = row.microsoft;
        this.secretInstead = row.secretInstead;
        this.roles = Set.copyOf(row.roles);
        this.fleetWide = row.fleetWide;
        this.status = row.status;
        this.meaning = meaning;
    }

    /** The name in files, on command lines and in reports. */
    public String name() {
        return name;
    }

    /** How its values are read, written and described. */
    public ValueType<T> type() {
        return type;
    }

    /** Byway's default on {@code platform}, as text that the type reads. */
    public String defaultText(Platform platform) {
        return platform == Platform.WINDOWS ? onWindows.orElse(byDefault) : byDefault;
    }

    /** Delivery Optimization's default, for a setting that it has. */
    public Optional<String> microsoftText() {
        return microsoft;
    }

    /** Whether the name and meaning are Delivery Optimization's. */
    public boolean isDeliveryOptimization() {
        return microsoft.isPresent();
    }

    /** Which parts of Byway look at it. */
    public Set<Role> roles() {
        return roles;
    }

    /**
     * Whether its value must not be shown, and not be given on a command line, which every user of the machine can read.
     */
    public boolean isSecret() {
        return secretInstead.isPresent();
    }

    /** For a secret: the ways to give it besides its environment variable. */
    Optional<String> secretInstead() {
        return secretInstead;
    }

    /**
     * Whether the coordinator may set it for its devices. Not so where the value decides whom a device trusts, where it
     * writes, or who may talk to it on its own machine.
     */
    public boolean isFleetWide() {
        return fleetWide;
    }

    /** How far it is built. */
    public Status status() {
        return status;
    }

    /** What it does, in sentences. */
    public String meaning() {
        return meaning;
    }

    /** Its environment variable: {@code peer.port} is {@code BYWAY_PEER_PORT}. */
    public String variable() {
        return variable(name);
    }

    static String variable(String name) {
        return "BYWAY_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    @Override
    public String toString() {
        return name;
    }
}
