package dev.byway.origin;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Basic credentials (RFC 7617) from the userinfo of an address. */
final class BasicCredentials {
    private BasicCredentials() {}

    /** The value of the authorization field, if {@code uri} has userinfo. */
    static Optional<String> of(URI uri) {
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        return at < 0
                ? Optional.empty()
                : Optional.of(encode(new String(percentDecoded(authority.substring(0, at)), StandardCharsets.UTF_8)));
    }

    /** The value of the authorization field for {@code user:password}. */
    static String encode(String userAndPassword) {
        String pair = userAndPassword.contains(":") ? userAndPassword : userAndPassword + ":";
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] percentDecoded(String text) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%' && i + 2 < raw.length && hex(raw[i + 1]) >= 0 && hex(raw[i + 2]) >= 0) {
                decoded.write(hex(raw[i + 1]) << 4 | hex(raw[i + 2]));
                i += 2;
            } else {
                decoded.write(raw[i]);
            }
        }
        return decoded.toByteArray();
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }
}
