package dev.byway.core.fleet;

import dev.byway.core.unit.ByteString;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fleet's list of publishers: whose signatures on manifests count. It travels in an envelope signed with the key that
 * the join token names, and its version only grows, so that an older list cannot be played back.
 *
 * @param version counted up with every change
 * @param publishers at most {@link #MAX}
 */
public record Publishers(long version, List<Publisher> publishers) implements Message {
    /** Most publishers of a fleet. */
    public static final int MAX = 256;

    /** The payload type of the envelope. */
    public static final String PAYLOAD_TYPE = "application/vnd.byway.publishers+json";

    /**
     * One publisher.
     *
     * @param name for people
     * @param key Ed25519 public key, 32 bytes
     */
    public record Publisher(String name, ByteString key) implements Message {
        public Publisher {
            EnrolRequest.requireName(name);
            if (key.length() != 32) {
                throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, not " + key.length());
            }
        }

        /** Reads a message; see {@link Message}. */
        public static Publisher read(byte[] body) {
            return Fields.read(body, Publisher::read);
        }

        static Publisher read(Fields fields) {
            return new Publisher(fields.text("name", FleetLimits.NAME), fields.base64("key", 32));
        }

        @Override
        public ObjectNode json() {
            return Json.object()
                    .put("name", name)
                    .put("key", Base64.getEncoder().encodeToString(key.toArray()));
        }
    }

    public Publishers {
        publishers = List.copyOf(publishers);
        if (version < 0 || publishers.size() > MAX) {
            throw new IllegalArgumentException("a list of publishers has a version from 0 and at most " + MAX);
        }
    }

    /** Reads a message; see {@link Message}. */
    public static Publishers read(byte[] body) {
        return Fields.read(
                body,
                fields -> new Publishers(
                        fields.number("version", 0, Long.MAX_VALUE), fields.list("publishers", MAX, Publisher::read)));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object().put("version", version);
        node.set("publishers", Json.objects(publishers, Publisher::json));
        return node;
    }
}
