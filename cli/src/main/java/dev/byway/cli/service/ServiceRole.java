package dev.byway.cli.service;

/** What a service does. Each has a user, a state folder and settings of its own: a fleet's keys are no business of an agent. */
public enum ServiceRole {
    /** A device's agent. */
    AGENT("agent", "byway", "Byway agent: updates from neighbours first"),
    /** A fleet's service. */
    COORDINATOR("coordinator", "byway-coordinator", "Byway coordinator: who belongs to the fleet, and who has what");

    private final String command;
    private final String unit;
    private final String description;

    ServiceRole(String command, String unit, String description) {
        this.command = command;
        this.unit = unit;
        this.description = description;
    }

    /** The subcommand of {@code byway} that it runs. */
    String command() {
        return command;
    }

    /** Its name for the system: of the service, of its user, and of its state folder on Linux. */
    String unit() {
        return unit;
    }

    String description() {
        return description;
    }
}
