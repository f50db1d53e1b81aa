package dev.byway.core.fleet;

import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The administrator's credential, as it lies in a file of the coordinator: a secret, and the key of the authority above the
 * coordinator, so that the secret is never sent to anybody else.
 *
 * <p>Text: {@code byway-admin-} and base64url of: version 1 (1 byte), secret (32), authority (32), checksum (4).
 *
 * @param secret what is sent as bearer token, see {@link #bearer()}
 * @param authority SHA-256 of the SubjectPublicKeyInfo of the certification authority
 */
public record AdminToken(Secret secret, Digest authority) {
    private static final String PREFIX = "byway-admin-";
    private static final byte VERSION = 1;
    private static final int MAX_TEXT = 128;

    /** The text of the file. */
    public String text() {
        ByteBuffer out = ByteBuffer.allocate(128).put(VERSION);
        secret.bytes().write(out);
        authority.write(out);
        return TokenText.write(PREFIX, out.flip());
    }

    /**
     * Reads what {@link #text()} wrote; white space is skipped.
     *
     * @throws MalformedMessageException for anything else
     */
    public static AdminToken parse(String text) {
        ByteBuffer in = TokenText.read("an admin token", PREFIX, text, MAX_TEXT);
        try {
            if (in.get() != VERSION) {
                throw new MalformedMessageException("the admin token was made by a newer Byway: update this one");
            }
            return new AdminToken(new Secret(ByteString.read(in, Secret.BYTES)), Digest.read(in));
        } catch (BufferUnderflowException e) {
            throw new MalformedMessageException("the admin token makes no sense: copy the file again");
        }
    }

    /** What stands after {@code Bearer } in the Authorization field (RFC 6750 section 2.1). */
    public String bearer() {
        return secret.bytes().toString();
    }
}
