package dev.byway.core.fleet;

import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import java.security.MessageDigest;

/** A random value of 256 bits that opens something. Never printed; compared in constant time; stored as its digest. */
public final class Secret {
    /** Length in bytes. */
    public static final int BYTES = 32;

    private final ByteString bytes;

    /**
     * The secret that {@code bytes} are.
     *
     * @throws IllegalArgumentException unless there are 32
     */
    public Secret(ByteString bytes) {
        if (bytes.length() != BYTES) {
            throw new IllegalArgumentException("a secret has 32 bytes, not " + bytes.length());
        }
        this.bytes = bytes;
    }

    public ByteString bytes() {
        return bytes;
    }

    /** What may be stored: enough to recognize the secret, and with 256 random bits no way back. */
    public Digest digest() {
        return Digest.sha256(bytes.toArray());
    }

    /** Whether this is the secret with that digest. Takes the same time for every wrong one. */
    public boolean matches(Digest stored) {
        return MessageDigest.isEqual(digest().bytes(), stored.bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret o && o.matches(digest());
    }

    @Override
    public int hashCode() {
        return digest().hashCode();
    }

    /** No hint of the value. */
    @Override
    public String toString() {
        return "(secret)";
    }
}
