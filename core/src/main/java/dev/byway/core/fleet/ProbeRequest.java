package dev.byway.core.fleet;

import tools.jackson.databind.node.ObjectNode;

/**
 * "Dial me back and tell": at the address the request comes from, never another.
 *
 * @param port 1 to 65535
 */
public record ProbeRequest(int port) implements Message {
    public ProbeRequest {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }

    /** Reads a message; see {@link Message}. */
    public static ProbeRequest read(byte[] body) {
        return Fields.read(body, fields -> new ProbeRequest(fields.integer("port", 1, 65_535)));
    }

    @Override
    public ObjectNode json() {
        return Json.object().put("port", port);
    }
}
