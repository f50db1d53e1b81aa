package dev.byway.core.wire;

/** Why a peer refuses. The number is part of the protocol; an unknown number reads as {@link #OTHER}. */
public enum RejectReason {
    OTHER(0),
    /** The sender does not hold it. */
    NOT_HELD(1),
    /** All upload slots and queue places are taken; try again after the stated time. */
    BUSY(2),
    /** The receiver may not have this content. */
    NOT_ALLOWED(3),
    /** Too many channels, requests or frames for the stated limits. */
    LIMIT(4),
    /** The receiver sent bad bytes or broke the protocol. */
    BANNED(5),
    /** A policy of the sender forbids uploads now: battery, hours, cap, mode. */
    POLICY(6),
    /** The sender is going away. */
    SHUTTING_DOWN(7),
    /** Another link between the same two devices stays. */
    DUPLICATE(8),
    /** The piece length or another parameter does not fit. */
    MISMATCH(9),
    /** The receiver asked for this end itself, with {@link Frame.Cancel}. */
    CANCELLED(10);

    private final int code;

    RejectReason(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The reason with this number, {@link #OTHER} when there is none. */
    public static RejectReason of(int code) {
        for (RejectReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return OTHER;
    }
}
