package dev.byway.core.discovery;

/** A change in who is near. */
public sealed interface Sighting {
    /** A neighbour is there, or is to be reached in other ways than it was reported with. */
    record Appeared(Neighbour neighbour) implements Sighting {}

    /**
     * The neighbour of this instance said goodbye, was not heard any more, or its link is gone. A connection to it may
     * well be alive.
     */
    record Gone(String instance) implements Sighting {}
}
