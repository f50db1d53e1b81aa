package dev.byway.cli.command;

import dev.byway.core.policy.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before its name or behind it. Filled in by the parser. */
public final class GlobalOptions {
    @Option(
            names = "--state",
            scope = ScopeType.INHERIT,
            order = 101,
            paramLabel = "DIR",
            description = "State folder (default: per platform and user; variable BYWAY_STATE).")
    private Optional<Path> state = Optional.empty();

    @Option(
            names = "--set",
            scope = ScopeType.INHERIT,
            order = 102,
            paramLabel = "NAME=VALUE",
            description = "Sets a setting for this run; repeatable. Secrets are refused here.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            order = 103,
            paramLabel = "FILE",
            description = "Settings in YAML (default: byway.yaml in the state folder, if it is there).")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--profile",
            scope = ScopeType.INHERIT,
            order = 104,
            paramLabel = "NAME",
            description = "Whose defaults: byway or microsoft (Delivery Optimization's, where they differ).")
    private Optional<Profile> profile = Optional.empty();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            order = 105,
            description = "One JSON object on standard output instead of words.")
    private boolean json;

    /** None given, before the parser fills them in. */
    public GlobalOptions() {}

    /** These given, and no profile. */
    public GlobalOptions(Optional<Path> state, List<String> assignments, Optional<Path> config, boolean json) {
        this.state = state;
        this.assignments = List.copyOf(assignments);
        this.config = config;
        this.json = json;
    }

    /** {@code --state}, as given. */
    public Optional<Path> state() {
        return state;
    }

    /** {@code --set}, each {@code name=value}. */
    public List<String> assignments() {
        return List.copyOf(assignments);
    }

    /** {@code --config}, as given. */
    public Optional<Path> config() {
        return config;
    }

    /** {@code --profile}, as given. */
    public Optional<Profile> profile() {
        return profile;
    }

    public boolean json() {
        return json;
    }
}
