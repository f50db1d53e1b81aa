package dev.byway.core.fleet;

import dev.byway.core.unit.ByteString;
import tools.jackson.databind.node.ObjectNode;

/**
 * A device asks to join.
 *
 * @param tokenId the id of its join token
 * @param secret the secret of its join token
 * @param certificateRequest PKCS #10 (RFC 2986) in DER, signed with the device's key, which proves that it has the key
 * @param name how the administrator shall see it: 1 to {@link FleetLimits#NAME} characters
 */
public record EnrolRequest(ByteString tokenId, Secret secret, ByteString certificateRequest, String name)
        implements Message {
    public EnrolRequest {
        if (tokenId.length() != JoinToken.ID_BYTES) {
            throw new IllegalArgumentException("a token's id has 8 bytes");
        }
        RenewRequest.requireSize(certificateRequest);
        requireName(name);
    }

    /** Reads a message; see {@link Message}. */
    public static EnrolRequest read(byte[] body) {
        return Fields.read(
                body,
                fields -> new EnrolRequest(
                        fields.base64("tokenId", JoinToken.ID_BYTES),
                        new Secret(fields.base64("secret", Secret.BYTES)),
                        fields.base64("certificateRequest", FleetLimits.CERTIFICATE_REQUEST),
                        fields.text("name", FleetLimits.NAME)));
    }

    @Override
    public ObjectNode json() {
        return Json.object()
                .put("tokenId", Json.base64(tokenId))
                .put("secret", Json.base64(secret.bytes()))
                .put("certificateRequest", Json.base64(certificateRequest))
                .put("name", name);
    }

    /**
     * Returns {@code name}, which people can read in one line.
     *
     * @throws IllegalArgumentException when it is empty, too long or has control characters
     */
    static String requireName(String name) {
        if (name.isBlank() || name.length() > FleetLimits.NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a name has 1 to " + FleetLimits.NAME + " characters and no control characters");
        }
        return name;
    }
}
