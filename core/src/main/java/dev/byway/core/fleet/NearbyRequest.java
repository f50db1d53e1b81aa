package dev.byway.core.fleet;

import dev.byway.core.content.ContentId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Who is near me, as you see it?", asked by a device that looks for what is wrong.
 *
 * @param seen devices that it finds on its own link, at most {@link #MAX}
 * @param content a content of which it wants to know how many hold it
 */
public record NearbyRequest(List<DeviceId> seen, Optional<ContentId> content) implements Message {
    /** Most devices in a request and in each part of its answer. */
    public static final int MAX = 16;

    public NearbyRequest {
        seen = List.copyOf(seen);
        if (seen.size() > MAX) {
            throw new IllegalArgumentException("at most " + MAX + " devices");
        }
    }

    /** Reads a message; see {@link Message}. */
    public static NearbyRequest read(byte[] body) {
        return Fields.read(
                body,
                fields -> new NearbyRequest(
                        fields.texts("seen", MAX, 64, DeviceId::parse),
                        fields.has("content") ? Optional.of(fields.content("content")) : Optional.empty()));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object();
        node.set("seen", Json.texts(seen));
        content.ifPresent(id -> node.put("content", id.toString()));
        return node;
    }
}
