package dev.byway.core.store;

import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * One copy of a small record that is rewritten in place: a magic number, a generation that grows with every write, the
 * payload and a SHA-256 over all of it. A copy that was torn by a power cut does not read back.
 *
 * @param generation which write this was; the whole copy with the greatest is the record
 */
public record CheckedSlot(long generation, ByteString payload) {
    /** Bytes of a slot beside its payload. */
    public static final int OVERHEAD = 8 + 8 + 4 + Digest.BYTES;

    /** Largest payload: the piece map of 2^20 pieces fits. */
    public static final int MAX_PAYLOAD = 256 * 1024;

    private static final long MAGIC = 0x42595741_59534c31L; // "BYWAYSL1"

    public CheckedSlot {
        if (payload.length() > MAX_PAYLOAD) {
            throw new IllegalArgumentException("a slot takes " + MAX_PAYLOAD + " bytes, not " + payload.length());
        }
    }

    /** The bytes of the slot. */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(OVERHEAD + payload.length());
        out.putLong(MAGIC).putLong(generation).putInt(payload.length());
        payload.write(out);
        MessageDigest sha = Digest.newSha256();
        sha.update(out.array(), 0, out.position());
        return out.put(sha.digest()).array();
    }

    /** The slot at the start of {@code bytes}, which may go on; empty unless every bit of it is as it was written. */
    public static Optional<CheckedSlot> decode(byte[] bytes) {
        if (bytes.length < OVERHEAD) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long magic = in.getLong();
        long generation = in.getLong();
        int length = in.getInt();
        if (magic != MAGIC || length < 0 || length > Math.min(MAX_PAYLOAD, bytes.length - OVERHEAD)) {
            return Optional.empty();
        }
        int end = in.position() + length;
        MessageDigest sha = Digest.newSha256();
        sha.update(bytes, 0, end);
        if (!Arrays.equals(sha.digest(), Arrays.copyOfRange(bytes, end, end + Digest.BYTES))) {
            return Optional.empty();
        }
        return Optional.of(new CheckedSlot(generation, ByteString.read(in, length)));
    }
}
