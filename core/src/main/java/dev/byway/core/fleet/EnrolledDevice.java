package dev.byway.core.fleet;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A device as the administrator sees it.
 *
 * @param device its id
 * @param name the name it gave itself
 * @param groups what it was granted
 * @param enrolled when it joined
 * @param expires when its certificate ends
 * @param revoked whether the administrator shut it out
 */
public record EnrolledDevice(
        DeviceId device, String name, List<AccessGroup> groups, Instant enrolled, Instant expires, boolean revoked) {
    public EnrolledDevice {
        groups = List.copyOf(groups);
    }

    static EnrolledDevice read(Fields fields) {
        return new EnrolledDevice(
                fields.device("device"),
                fields.text("name", FleetLimits.NAME),
                fields.texts("groups", FleetLimits.ACCESS_GROUPS, 64, AccessGroup::new),
                Instant.ofEpochSecond(fields.number("enrolledSeconds", 0, Integer.MAX_VALUE * 100L)),
                Instant.ofEpochSecond(fields.number("expiresSeconds", 0, Integer.MAX_VALUE * 100L)),
                fields.flag("revoked"));
    }

    ObjectNode json() {
        ObjectNode node = Json.object()
                .put("device", device.toString())
                .put("name", name)
                .put("enrolledSeconds", enrolled.getEpochSecond())
                .put("expiresSeconds", expires.getEpochSecond())
                .put("revoked", revoked);
        node.set("groups", Json.texts(groups));
        return node;
    }
}
