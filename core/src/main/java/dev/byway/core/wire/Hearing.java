package dev.byway.core.wire;

/**
 * How the device that answers a {@link Frame.Probe} knows the one that asks by DNS-SD. The number is part of the protocol; an
 * unknown number reads as {@link #NOT_LOOKING}.
 */
public enum Hearing {
    /** It does not look for neighbours, or cannot now. */
    NOT_LOOKING(0),
    HEARD(1),
    NOT_HEARD(2);

    private final int code;

    Hearing(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The value with this number, {@link #NOT_LOOKING} when there is none. */
    public static Hearing of(int code) {
        for (Hearing hearing : values()) {
            if (hearing.code == code) {
                return hearing;
            }
        }
        return NOT_LOOKING;
    }
}
