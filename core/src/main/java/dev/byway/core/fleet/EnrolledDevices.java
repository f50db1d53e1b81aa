package dev.byway.core.fleet;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page of the fleet's devices, in the order of their ids.
 *
 * @param devices at most {@link #PAGE}; fewer on the last page
 */
public record EnrolledDevices(List<EnrolledDevice> devices) implements Message {
    /** Devices on a full page. */
    public static final int PAGE = 500;

    public EnrolledDevices {
        devices = List.copyOf(devices);
    }

    /** Reads a message; see {@link Message}. */
    public static EnrolledDevices read(byte[] body) {
        return Fields.read(body, fields -> new EnrolledDevices(fields.list("devices", PAGE, EnrolledDevice::read)));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object();
        node.set("devices", Json.objects(devices, EnrolledDevice::json));
        return node;
    }
}
