package dev.byway.core.content;

import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A signed statement in transit: DSSE, <a href="https://github.com/secure-systems-lab/dsse">secure-systems-lab/dsse</a> v1,
 * with Ed25519.
 *
 * <p>The signatures cover the type and the very bytes of the payload, so nothing has to be brought into a canonical form to
 * check them. Beside the {@code keyid} Byway writes the public key itself ({@code publicKey}, a field that other readers of
 * DSSE ignore): whoever believes the channel can check the signature with it. It is no reason to believe the key.
 *
 * @param payloadType media type
 * @param payload the statement's bytes
 * @param signatures 1 to {@link #MAX_SIGNATURES}
 */
public record Envelope(String payloadType, ByteString payload, List<Signature> signatures) {
    public static final int MAX_SIGNATURES = 16;

    /** Longest JSON of an envelope with a manifest or a set of manifests. */
    public static final int MAX_BYTES = 96 * 1024;

    /** Longest payload type, in characters. */
    static final int MAX_TYPE = 256;

    /**
     * One signature.
     *
     * @param keyId which key is said to have made it; a hint
     * @param bytes the signature
     * @param key the key itself, if the envelope carries it; its id is {@code keyId}
     */
    public record Signature(String keyId, ByteString bytes, Optional<PublisherKey> key) {
        /** Longest key id that is read, in bytes. */
        static final int MAX_KEY_ID = 256;

        public Signature {
            if (key.isPresent() && !key.get().id().equals(keyId)) {
                throw new IllegalArgumentException("a signature carries another key than its keyid names");
            }
        }
    }

    public Envelope {
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException(
                    "an envelope has 1 to " + MAX_SIGNATURES + " signatures, not " + signatures.size());
        }
        if (payloadType.length() > MAX_TYPE) {
            throw new IllegalArgumentException("the payload type has more than " + MAX_TYPE + " characters");
        }
    }

    /** {@code statement} signed with {@code key}. */
    public static Envelope sign(Published statement, SigningKey key) {
        return sign(statement.payloadType(), ByteString.of(statement.toBytes()), key);
    }

    /** Any statement with a payload type of its own, signed with {@code key}. */
    public static Envelope sign(String payloadType, ByteString payload, SigningKey key) {
        PublisherKey signer = key.publicKey("");
        ByteString signature = key.sign(preAuthentication(payloadType, payload.toArray()));
        return new Envelope(payloadType, payload, List.of(new Signature(signer.id(), signature, Optional.of(signer))));
    }

    /**
     * Reads an envelope with a manifest or a set of manifests, at most {@link #MAX_BYTES} long. Nothing is believed yet: see
     * {@link Trust}.
     *
     * @throws UntrustedContentException when it is not an envelope or breaks a limit
     */
    public static Envelope parse(byte[] json) {
        return parse(json, MAX_BYTES);
    }

    /**
     * Reads an envelope with any statement, at most {@code maxBytes} long.
     *
     * @throws UntrustedContentException when it is not an envelope or breaks a limit
     */
    public static Envelope parse(byte[] json, int maxBytes) {
        return EnvelopeJson.read(json, maxBytes);
    }

    /** The JSON. */
    public byte[] toBytes() {
        return EnvelopeJson.write(this);
    }

    /**
     * What it says, read without asking who says it.
     *
     * @throws UntrustedContentException when the payload is not a statement of Byway
     */
    public Published unverified() {
        return Published.read(payloadType, payload.toArray());
    }

    /** The first of {@code keys} that signed this. */
    public Optional<PublisherKey> signedByOneOf(Collection<PublisherKey> keys) {
        byte[] message = message();
        return signatures.stream()
                .flatMap(signature ->
                        candidates(signature, keys).filter(key -> key.verifies(message, signature.bytes())))
                .findFirst();
    }

    /** Whether a signature claims, by its {@code keyid}, to be of one of {@code keys}; whether it holds is another question. */
    boolean claimsOneOf(Collection<PublisherKey> keys) {
        return signatures.stream()
                .anyMatch(signature -> keys.stream().anyMatch(key -> key.id().equals(signature.keyId())));
    }

    /** The keys that the envelope itself carries. */
    List<PublisherKey> carriedKeys() {
        return signatures.stream()
                .flatMap(signature -> signature.key().stream())
                .toList();
    }

    /** DSSE's pre-authentication encoding: {@code DSSEv1 LEN(type) type LEN(payload) payload}, lengths in bytes. */
    static byte[] preAuthentication(String type, byte[] payload) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("DSSEv1 " + typeBytes.length + " " + type + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + payload.length)
                .put(head)
                .put(payload)
                .array();
    }

    private byte[] message() {
        return preAuthentication(payloadType, payload.toArray());
    }

    /** The keyid is only a hint in DSSE: without one, or with one of another scheme, every key is tried. */
    private static Stream<PublisherKey> candidates(Signature signature, Collection<PublisherKey> keys) {
        boolean ours = signature.keyId().matches("[0-9a-f]{64}");
        return keys.stream().filter(key -> !ours || key.id().equals(signature.keyId()));
    }
}
