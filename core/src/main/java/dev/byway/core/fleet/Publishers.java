package dev.byway.core.fleet;

import dev.byway.core.content.Envelope;
import dev.byway.core.content.KeyFormatException;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.unit.ByteString;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fleet's list of publishers: whose signatures on manifests count. It travels in an envelope signed with the key that
 * the join token names, and its version only grows, so that an older list cannot be played back.
 *
 * @param version counted up with every change
 * @param keys at most {@link #MAX}
 */
public record Publishers(long version, List<PublisherKey> keys) implements Message {
    /** Most publishers of a fleet. */
    public static final int MAX = 256;

    /** The payload type of the envelope. */
    public static final String PAYLOAD_TYPE = "application/vnd.byway.publishers+json";

    /** Most bytes of the envelope. */
    public static final int MAX_ENVELOPE = 512 * 1024;

    private static final int MAX_LINE = 256;

    public Publishers {
        keys = List.copyOf(keys);
        if (version < 0 || keys.size() > MAX) {
            throw new IllegalArgumentException("a list of publishers has a version from 0 and at most " + MAX);
        }
    }

    /** The envelope to hand out, signed with the fleet's root. */
    public ByteString seal(SigningKey root) {
        return ByteString.of(
                Envelope.sign(PAYLOAD_TYPE, ByteString.of(bytes()), root).toBytes());
    }

    /**
     * The list in an envelope.
     *
     * @param root the raw Ed25519 key that the join token names
     * @param newest the highest version accepted before; an older list is refused
     * @throws UntrustedContentException when the root did not sign it, or it is older
     * @throws MalformedMessageException when it is signed and yet no list
     */
    public static Publishers open(ByteString envelope, ByteString root, long newest) {
        Envelope sealed = parse(envelope);
        if (!sealed.payloadType().equals(PAYLOAD_TYPE)
                || sealed.signedByOneOf(List.of(key(root))).isEmpty()) {
            throw new UntrustedContentException(
                    "the list of publishers is not signed by the fleet's root, which the join"
                            + " token named: join again with a new token");
        }
        Publishers publishers = read(sealed.payload().toArray());
        if (publishers.version < newest) {
            throw new UntrustedContentException("the list of publishers has version " + publishers.version
                    + ", but version " + newest + " was seen before: an old one is being served again");
        }
        return publishers;
    }

    private static Envelope parse(ByteString envelope) {
        if (envelope.length() > MAX_ENVELOPE) {
            throw new UntrustedContentException("the list of publishers has more than " + MAX_ENVELOPE + " bytes");
        }
        return Envelope.parse(envelope.toArray(), MAX_ENVELOPE);
    }

    private static PublisherKey key(ByteString raw) {
        try {
            return PublisherKey.of(raw, "");
        } catch (KeyFormatException e) {
            throw new UntrustedContentException("the fleet's root is no key: " + e.getMessage());
        }
    }

    /** Reads a message; see {@link Message}. */
    public static Publishers read(byte[] body) {
        return Fields.read(
                body,
                fields -> new Publishers(
                        fields.number("version", 0, Long.MAX_VALUE),
                        fields.texts("keys", MAX, MAX_LINE, PublisherKey::parse)));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object().put("version", version);
        node.set("keys", Json.texts(keys));
        return node;
    }
}
