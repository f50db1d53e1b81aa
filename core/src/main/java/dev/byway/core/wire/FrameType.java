package dev.byway.core.wire;

import dev.byway.core.content.Digest;
import java.util.Arrays;

/** The number of each frame and how long its payload may be: known before the payload is there. */
enum FrameType {
    HELLO(1, 12, WireLimits.HELLO),
    KEEP_ALIVE(2, 0, 0),
    BYE(3, 1, 1),
    OPEN(16, 51, 51 + WireLimits.TICKET),
    CLOSE(17, 4, 4),
    REJECT_OPEN(18, 9, 9),
    BITFIELD(19, 5, 4 + WireLimits.PIECES / 8),
    HAVE(20, 12, 12),
    INTENT(21, 13, 13),
    REQUEST(32, 20, 20),
    DATA(33, 13, 12 + WireLimits.DATA),
    REJECT_REQUEST(34, 9, 9),
    CANCEL(35, 4, 4),
    HASH_REQUEST(36, 16, 16),
    HASHES(37, 8 + Digest.BYTES, 8 + Digest.BYTES * WireLimits.HASHES),
    COMPLAINT(38, 8, 8),
    PROBE(48, 4, 4),
    PROBE_RESULT(49, 6, 6),
    SEEK(64, 33, 33),
    LACKS(65, 32, 32),
    FETCHING(66, 48, 48),
    WHOLE(67, 76, 76),
    /** Every number that is not above; its code is no number. */
    UNKNOWN(-1, 0, WireLimits.FRAME - 1);

    private static final FrameType[] BY_CODE = byCode();

    private final int code;
    private final int least;
    private final int most;

    FrameType(int code, int least, int most) {
        this.code = code;
        this.least = least;
        this.most = most;
    }

    int code() {
        return code;
    }

    /** Fewest bytes of payload. */
    int least() {
        return least;
    }

    /** Most bytes of payload. */
    int most() {
        return most;
    }

    static FrameType of(byte code) {
        return BY_CODE[Byte.toUnsignedInt(code)];
    }

    static FrameType of(Frame frame) {
        return switch (frame) {
            case Frame.Hello f -> HELLO;
            case Frame.KeepAlive f -> KEEP_ALIVE;
            case Frame.Bye f -> BYE;
            case Frame.Open f -> OPEN;
            case Frame.Close f -> CLOSE;
            case Frame.RejectOpen f -> REJECT_OPEN;
            case Frame.Bitfield f -> BITFIELD;
            case Frame.Have f -> HAVE;
            case Frame.Intent f -> INTENT;
            case Frame.Request f -> REQUEST;
            case Frame.Data f -> DATA;
            case Frame.RejectRequest f -> REJECT_REQUEST;
            case Frame.Cancel f -> CANCEL;
            case Frame.HashRequest f -> HASH_REQUEST;
            case Frame.Hashes f -> HASHES;
            case Frame.Complaint f -> COMPLAINT;
            case Frame.Probe f -> PROBE;
            case Frame.ProbeResult f -> PROBE_RESULT;
            case Frame.Seek f -> SEEK;
            case Frame.Lacks f -> LACKS;
            case Frame.Fetching f -> FETCHING;
            case Frame.Whole f -> WHOLE;
        };
    }

    /**
     * The payload of a frame of this type whose length field says {@code frame}.
     *
     * @throws WireException when no frame of this type is so long or so short
     */
    int payload(int frame) {
        int payload = frame - 1;
        if (frame < 1 || payload < least || payload > most) {
            throw new WireException(
                    WireException.Kind.LENGTH,
                    this + " has " + least + " to " + most + " bytes of payload, the length field says "
                            + (Integer.toUnsignedLong(frame) - 1));
        }
        return payload;
    }

    private static FrameType[] byCode() {
        FrameType[] types = new FrameType[256];
        Arrays.fill(types, UNKNOWN);
        for (FrameType type : values()) {
            if (type != UNKNOWN) {
                types[type.code] = type;
            }
        }
        return types;
    }
}
