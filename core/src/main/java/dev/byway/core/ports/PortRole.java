package dev.byway.core.ports;

import java.util.Locale;

/** What a machine is to the fleet, as far as its ports differ. */
public enum PortRole {
    /** A device. */
    AGENT,
    /** A device that also serves its site over plain HTTP. */
    CACHE,
    /** The fleet's service. */
    COORDINATOR;

    /** As {@code --role} takes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
