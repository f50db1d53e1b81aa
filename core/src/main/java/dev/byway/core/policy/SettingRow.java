package dev.byway.core.policy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A row of the table while it is written down; {@link #means} ends it. */
final class SettingRow<T> {
    final String name;
    final ValueType<T> type;
    final String byDefault;
    Optional<String> onWindows = Optional.empty();
    Optional<String> microsoft = Optional.empty();
    Optional<String> secretInstead = Optional.empty();
    Set<Role> roles = EnumSet.of(Role.AGENT);
    boolean fleetWide;
    Status status = Status.PLANNED;

    private final Consumer<Setting<?>> table;

    SettingRow(String name, ValueType<T> type, String byDefault, Consumer<Setting<?>> table) {
        this.name = name;
        this.type = type;
        this.byDefault = byDefault;
        this.table = table;
    }

    /** The default on Windows, where it differs. */
    SettingRow<T> onWindows(String text) {
        onWindows = Optional.of(text);
        return this;
    }

    /** Delivery Optimization's default: the row is one of its settings. */
    SettingRow<T> microsoft(String text) {
        microsoft = Optional.of(text);
        return this;
    }

    /** The parts of Byway that look at it, the agent alone unless said. */
    SettingRow<T> of(Role... parts) {
        roles = Set.of(parts);
        return this;
    }

    /** The coordinator may set it for its devices. */
    SettingRow<T> fleetWide() {
        fleetWide = true;
        return this;
    }

    /** Never shown and never on a command line; {@code instead} says how else to give it. */
    SettingRow<T> secret(String instead) {
        secretInstead = Optional.of(instead);
        return this;
    }

    /** Something acts on it; planned until that is said. */
    SettingRow<T> enforced() {
        status = Status.ENFORCED;
        return this;
    }

    /** Puts the row into the table. */
    Setting<T> means(String meaning) {
        Setting<T> setting = new Setting<>(this, meaning);
        table.accept(setting);
        return setting;
    }
}
