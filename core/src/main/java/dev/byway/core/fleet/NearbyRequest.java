package dev.byway.core.fleet;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Who is near me, as you see it?", asked by a device that looks for what is wrong.
 *
 * @param seen devices that it finds on its own link, at most {@link #MAX}
 */
public record NearbyRequest(List<DeviceId> seen) implements Message {
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
        return Fields.read(body, fields -> new NearbyRequest(fields.texts("seen", MAX, 64, DeviceId::parse)));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object();
        node.set("seen", Json.texts(seen));
        return node;
    }
}
