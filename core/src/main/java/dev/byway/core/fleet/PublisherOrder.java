package dev.byway.core.fleet;

import dev.byway.core.content.PublisherKey;
import tools.jackson.databind.node.ObjectNode;

/**
 * The administrator adds a publisher to the fleet's list.
 *
 * @param key whose signatures shall count, with its name
 */
public record PublisherOrder(PublisherKey key) implements Message {
    /** Reads a message; see {@link Message}. */
    public static PublisherOrder read(byte[] body) {
        return Fields.read(body, fields -> new PublisherOrder(fields.parsed("key", 256, PublisherKey::parse)));
    }

    @Override
    public ObjectNode json() {
        return Json.object().put("key", key.toString());
    }
}
