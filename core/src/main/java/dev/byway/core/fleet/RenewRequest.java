package dev.byway.core.fleet;

import dev.byway.core.unit.ByteString;
import tools.jackson.databind.node.ObjectNode;

/**
 * A device asks for a new certificate of the same key, on the word of the certificate it has.
 *
 * @param certificateRequest PKCS #10 in DER, signed with the device's key
 */
public record RenewRequest(ByteString certificateRequest) implements Message {
    public RenewRequest {
        requireSize(certificateRequest);
    }

    static void requireSize(ByteString certificateRequest) {
        if (certificateRequest.length() > FleetLimits.CERTIFICATE_REQUEST) {
            throw new IllegalArgumentException(
                    "a certificate request has at most " + FleetLimits.CERTIFICATE_REQUEST + " bytes");
        }
    }

    /** Reads a message; see {@link Message}. */
    public static RenewRequest read(byte[] body) {
        return Fields.read(
                body, fields -> new RenewRequest(fields.base64("certificateRequest", FleetLimits.CERTIFICATE_REQUEST)));
    }

    @Override
    public ObjectNode json() {
        return Json.object().put("certificateRequest", Json.base64(certificateRequest));
    }
}
