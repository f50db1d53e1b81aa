package dev.byway.core.fleet;

import dev.byway.core.unit.ByteString;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@link EnrolRequest} and {@link RenewRequest}: the device belongs to the fleet.
 *
 * @param device its id
 * @param certificate its certificate in PEM
 * @param authority the certificate of the fleet's authority in PEM; peers show certificates that lead to it
 * @param groups what it was granted; the same stands in the certificate
 * @param publishers the fleet's signed list of publishers, an envelope
 */
public record Enrolment(
        DeviceId device, String certificate, String authority, List<AccessGroup> groups, ByteString publishers)
        implements Message {
    public Enrolment {
        groups = List.copyOf(groups);
    }

    /** Reads a message; see {@link Message}. */
    public static Enrolment read(byte[] body) {
        return Fields.read(
                body,
                fields -> new Enrolment(
                        fields.device("device"),
                        fields.text("certificate", FleetLimits.CERTIFICATE_CHAIN),
                        fields.text("authority", FleetLimits.CERTIFICATE_CHAIN),
                        fields.texts("groups", FleetLimits.ACCESS_GROUPS, 64, AccessGroup::new),
                        fields.base64("publishers", FleetLimits.BODY)));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object()
                .put("device", device.toString())
                .put("certificate", certificate)
                .put("authority", authority)
                .put("publishers", Json.base64(publishers));
        node.set("groups", Json.texts(groups));
        return node;
    }
}
