package dev.byway.core.fleet;

import dev.byway.core.content.Digest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Bytes as a text that people copy: a prefix that says what it is, then base64url (RFC 4648 section 5) of the bytes and the
 * first four bytes of their SHA-256, so that a typing error is told apart from a refusal.
 */
final class TokenText {
    private static final int CHECK = 4;

    private TokenText() {}

    static String write(String prefix, ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        byte[] all = Arrays.copyOf(bytes, bytes.length + CHECK);
        System.arraycopy(Digest.sha256(bytes).bytes(), 0, all, bytes.length, CHECK);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** The payload of {@code text}. White space anywhere is skipped, for mail programs and terminals break lines. */
    static ByteBuffer read(String what, String prefix, String text, int maxLength) {
        if (text.length() > 2 * maxLength) {
            throw new MalformedMessageException(what + " has at most " + maxLength + " characters");
        }
        String joined = text.replaceAll("\\s", "");
        if (!joined.startsWith(prefix)) {
            throw new MalformedMessageException("not " + what + ": it would start with " + prefix);
        }
        byte[] all = decode(what, joined.substring(prefix.length()));
        int length = Math.max(0, all.length - CHECK);
        byte[] payload = Arrays.copyOf(all, length);
        byte[] check = Arrays.copyOf(Digest.sha256(payload).bytes(), CHECK);
        if (!Arrays.equals(check, Arrays.copyOfRange(all, length, all.length))) {
            throw damaged(what);
        }
        return ByteBuffer.wrap(payload);
    }

    private static byte[] decode(String what, String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw damaged(what);
        }
    }

    private static MalformedMessageException damaged(String what) {
        return new MalformedMessageException(
                what + " is incomplete or has a typing error (its checksum does not fit): copy it again, whole");
    }
}
