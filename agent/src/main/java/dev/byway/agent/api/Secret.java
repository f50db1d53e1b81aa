package dev.byway.agent.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** A random text that opens a door. Compared in constant time, never shown by {@link #toString()}. */
final class Secret {
    private static final int BYTES = 32;

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** 256 random bits in base64url, without padding. */
    static Secret random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static Secret of(String text) {
        return new Secret(text);
    }

    /** Takes the same time wherever {@code candidate} begins to differ. */
    boolean matches(String candidate) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** The secret itself, for the file, header or cookie that carries it. */
    String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
