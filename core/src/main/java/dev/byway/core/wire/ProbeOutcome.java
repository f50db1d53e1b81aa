package dev.byway.core.wire;

/** What came of dialling a peer back. The number is part of the protocol; an unknown number reads as {@link #NOT_TRIED}. */
public enum ProbeOutcome {
    /** Not tried: limits, or the peer states no port. */
    NOT_TRIED(0),
    /** Connected, and the device proved its key. */
    HANDSHAKE(1),
    /** TCP connected, the handshake failed or another device answered. */
    OTHER_DEVICE(2),
    REFUSED(3),
    TIMEOUT(4),
    UNREACHABLE(5);

    private final int code;

    ProbeOutcome(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The outcome with this number, {@link #NOT_TRIED} when there is none. */
    public static ProbeOutcome of(int code) {
        for (ProbeOutcome outcome : values()) {
            if (outcome.code == code) {
                return outcome;
            }
        }
        return NOT_TRIED;
    }
}
