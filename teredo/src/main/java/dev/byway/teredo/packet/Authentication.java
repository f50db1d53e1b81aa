package dev.byway.teredo.packet;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The authentication encapsulation (RFC 4380 section 5.1.1). Byway needs its nonce alone, which proves that an advertisement
 * answers a solicitation; client identifiers and authentication values of others are skipped.
 *
 * @param nonce chosen by the client, repeated by the server
 * @param confirmation 0 unless the server wants the client to get another key
 */
public record Authentication(long nonce, int confirmation) {
    private static final int MARK = 1;

    static boolean startsAt(ByteBuffer in) {
        return in.remaining() >= Short.BYTES && in.getShort(in.position()) == MARK;
    }

    static Optional<Authentication> read(ByteBuffer in) {
        if (in.remaining() < 4) {
            return Optional.empty();
        }
        in.getShort();
        int values = Byte.toUnsignedInt(in.get()) + Byte.toUnsignedInt(in.get());
        if (in.remaining() < values + Long.BYTES + 1) {
            return Optional.empty();
        }
        in.position(in.position() + values);
        return Optional.of(new Authentication(in.getLong(), Byte.toUnsignedInt(in.get())));
    }

    void write(ByteBuffer out) {
        out.putShort((short) MARK).putShort((short) 0).putLong(nonce).put((byte) confirmation);
    }
}
