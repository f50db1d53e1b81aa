package dev.byway.core.fleet;

import tools.jackson.databind.node.ObjectNode;

/**
 * "Ask that device to dial me", by a device that takes links and cannot reach the other.
 *
 * @param device who shall dial
 */
public record ConnectRequest(DeviceId device) implements Message {
    /** Reads a message; see {@link Message}. */
    public static ConnectRequest read(byte[] body) {
        return Fields.read(body, fields -> new ConnectRequest(fields.device("device")));
    }

    @Override
    public ObjectNode json() {
        return Json.object().put("device", device.toString());
    }
}
