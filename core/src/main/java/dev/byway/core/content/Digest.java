package dev.byway.core.content;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 value: 32 bytes, immutable, compared by value. */
public final class Digest {
    /** Length of every digest in bytes. */
    public static final int BYTES = 32;

    /** Thirty-two zero bytes: the leaf that pads a BEP 52 tree. */
    public static final Digest ZERO = new Digest(0, 0, 0, 0);

    private final long a;
    private final long b;
    private final long c;
    private final long d;

    private Digest(long a, long b, long c, long d) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    /** The digest in the next 32 bytes of {@code buffer}, which moves on by as many. */
    public static Digest read(ByteBuffer buffer) {
        return new Digest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /**
     * The digest that {@code bytes} are.
     *
     * @throws IllegalArgumentException unless there are exactly 32
     */
    public static Digest of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + bytes.length);
        }
        return read(ByteBuffer.wrap(bytes));
    }

    /**
     * Reads 64 hexadecimal digits of either case.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Digest parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a SHA-256 digest has 64 hexadecimal digits, not " + hex.length());
        }
        return of(HexFormat.of().parseHex(hex));
    }

    /** The SHA-256 of {@code bytes}. */
    public static Digest sha256(byte[] bytes) {
        return of(newSha256().digest(bytes));
    }

    /** A new SHA-256 computation. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Appends the 32 bytes to {@code buffer}. */
    public void write(ByteBuffer buffer) {
        buffer.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    /** A fresh array of the 32 bytes. */
    public byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        write(buffer);
        return buffer.array();
    }

    /** The first eight bytes as a number: a well-mixed key for ranking and sharding. */
    public long prefix() {
        return a;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest o && a == o.a && b == o.b && c == o.c && d == o.d;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }

    /** Sixty-four lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
