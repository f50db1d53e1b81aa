package dev.byway.core.swarm;

import java.time.Duration;

/** How a link ended, as far as it matters for the next one with the same device. */
public enum Parting {
    /** One of the two went away, or the network did. */
    ORDINARY(Duration.ZERO),
    /** The peer said that it has no place, or may not. */
    NO_PLACE(Duration.ofMinutes(1)),
    /** The peer said that it does not want this device. */
    UNWELCOME(Duration.ofHours(1)),
    /** The peer broke the protocol. It is not let in either, see {@link Neighbours#opened}. */
    FAULT(Duration.ofMinutes(10));

    private final Duration rest;

    Parting(Duration rest) {
        this.rest = rest;
    }

    /** Not dialled again for so long. */
    Duration rest() {
        return rest;
    }
}
