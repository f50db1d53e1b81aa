package dev.byway.e2e.hostile;

/** What a hostile device does, one thing at a time. */
public enum Misbehaviour {
    /** Claims all pieces and sends wrong bytes. */
    WRONG_BYTES,
    /** The same, and when it is dropped it comes back under a new key, as often as it can. */
    WRONG_BYTES_AGAIN,
    /** Claims all pieces and never answers a request. */
    NEVER_SENDS,
    /** Claims all pieces, again and again, and says that it is busy for a minute. */
    ALWAYS_BUSY,
    /** Claims all pieces and sends one block every second. */
    TRICKLES,
    /** Says that it fetches every piece from outside, again and again, and fetches none. */
    FALSE_INTENTS,
    /** Begins to answer, then sends what is no frame. */
    GARBAGE,
    /** Begins to answer, then closes the connection without a word. */
    HANGS_UP,
    /** Answers with the beginning of a frame of two gigabytes. */
    OVERSIZE,
    /** Sends cheap frames as fast as it can. */
    FLOODS;

    /** Whether it says that it lacks pieces; else it says that it has all. */
    boolean wants() {
        return this == FALSE_INTENTS;
    }
}
