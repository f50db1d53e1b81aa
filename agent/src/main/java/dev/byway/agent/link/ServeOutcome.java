package dev.byway.agent.link;

/** How serving one request ended. */
public enum ServeOutcome {
    /** All bytes went out. */
    DONE,
    /** {@link Link#cancel} came first. */
    CANCELLED,
    /** The store did not give the bytes; the peer was told. */
    FAILED
}
