package dev.byway.core.fleet;

import dev.byway.core.content.Digest;
import java.util.Arrays;

/**
 * Which device: the SHA-256 of its public key (the DER SubjectPublicKeyInfo of RFC 5280, section 4.1). Whoever shows the
 * matching private key is that device; nothing else is. Ordered as unsigned bytes.
 *
 * @param key digest of the public key
 */
public record DeviceId(Digest key) implements Comparable<DeviceId> {
    /** The id of the device with this DER SubjectPublicKeyInfo. */
    public static DeviceId ofPublicKey(byte[] subjectPublicKeyInfo) {
        return new DeviceId(Digest.sha256(subjectPublicKeyInfo));
    }

    /**
     * Reads what {@link #toString()} writes.
     *
     * @throws IllegalArgumentException unless {@code text} is 64 hexadecimal digits
     */
    public static DeviceId parse(String text) {
        return new DeviceId(Digest.parse(text));
    }

    @Override
    public int compareTo(DeviceId other) {
        return Arrays.compareUnsigned(key.bytes(), other.key.bytes());
    }

    /** The first eight digits as {@code 3f9ac01b} reads best, {@code 3f9a-c01b}: for people, never for decisions. */
    public String shortForm() {
        String digits = key.toString();
        return digits.substring(0, 4) + "-" + digits.substring(4, 8);
    }

    /** Sixty-four lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return key.toString();
    }
}
