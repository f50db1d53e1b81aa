package dev.byway.core.wire;

/**
 * The bytes of a peer are no frame of this protocol. The link they came on is over: its reader cannot know where the next
 * frame starts, and a peer that sends such bytes is broken or hostile.
 */
public final class WireException extends RuntimeException {
    /** What is wrong with the bytes. */
    public enum Kind {
        /** The length of the frame does not fit its type, or a part of it does not fit the frame. */
        LENGTH,
        /** A field has a value outside its range. */
        VALUE
    }

    private final Kind kind;

    WireException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    WireException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
