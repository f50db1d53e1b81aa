package dev.byway.core.content;

import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A publisher's private Ed25519 key. Written as PKCS#8 in PEM (RFC 8410), which {@code openssl pkey} reads and {@code openssl
 * genpkey -algorithm ed25519} writes. Never shown by {@link #toString()}.
 */
public final class SigningKey {
    /** Bytes of the secret. */
    public static final int SECRET_BYTES = Ed25519.KEY_BYTES;

    private static final int MAX_PEM = 4096;
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----\\s*");

    private final byte[] secret;
    private final PrivateKey key;
    private final ByteString publicRaw;

    private SigningKey(byte[] secret) {
        KeyPair pair = Ed25519.fromSecret(secret);
        this.secret = secret;
        this.key = pair.getPrivate();
        this.publicRaw = ByteString.of(Ed25519.raw(pair.getPublic()));
    }

    /**
     * The key with this secret. To make a new key, draw the secret from a {@code SecureRandom}.
     *
     * @throws KeyFormatException unless there are {@link #SECRET_BYTES} bytes
     */
    public static SigningKey ofSecret(byte[] secret) {
        if (secret.length != SECRET_BYTES) {
            throw new KeyFormatException("the secret of an Ed25519 key has 32 bytes, not " + secret.length);
        }
        return new SigningKey(secret.clone());
    }

    /**
     * Reads a PEM file's text.
     *
     * @throws KeyFormatException when it is not an unencrypted Ed25519 private key
     */
    public static SigningKey parsePem(String pem) {
        Matcher match = PEM.matcher(pem.length() > MAX_PEM ? "" : pem);
        if (!match.matches()) {
            throw new KeyFormatException(
                    "a signing key is a PEM text from '-----BEGIN PRIVATE KEY-----' to '-----END PRIVATE KEY-----'"
                            + (pem.startsWith(PublisherKey.PREFIX) ? "; this is a public key" : ""));
        }
        return switch (match.group(1)) {
            case "PRIVATE KEY" -> ofPkcs8(match.group(2));
            case "ENCRYPTED PRIVATE KEY" ->
                throw new KeyFormatException("the signing key is encrypted: decrypt it first with 'openssl pkey'");
            default ->
                throw new KeyFormatException("a signing key is a PEM text of a PRIVATE KEY (PKCS#8), not of a "
                        + match.group(1) + ": make one with 'byway keys' or 'openssl genpkey -algorithm ed25519'");
        };
    }

    /** The PEM text. Secret: for a file that only its owner can read. */
    public String toPem() {
        byte[] der = ByteBuffer.allocate(PKCS8.length + SECRET_BYTES)
                .put(PKCS8)
                .put(secret)
                .array();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
    }

    /**
     * The public half.
     *
     * @param name for people, may be empty
     * @throws KeyFormatException when the name does not fit a line
     */
    public PublisherKey publicKey(String name) {
        return PublisherKey.of(publicRaw, name);
    }

    ByteString sign(byte[] message) {
        return ByteString.of(Ed25519.sign(key, message));
    }

    private static SigningKey ofPkcs8(String base64) {
        try {
            byte[] der = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            if (Ed25519.factory().generatePrivate(new PKCS8EncodedKeySpec(der)) instanceof EdECPrivateKey key
                    && key.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
                return ofSecret(key.getBytes().orElseThrow());
            }
        } catch (IllegalArgumentException | InvalidKeySpecException _) {
            // Falls to the one message below: the cause would show bytes of the key.
        }
        throw new KeyFormatException("the PEM text holds no Ed25519 private key: make one with 'byway keys' or"
                + " 'openssl genpkey -algorithm ed25519'");
    }

    /** Names the key by its id only. */
    @Override
    public String toString() {
        return "signing key " + publicKey("").id();
    }
}
