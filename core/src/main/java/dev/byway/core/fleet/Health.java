package dev.byway.core.fleet;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * The coordinator serves.
 *
 * @param version of its program
 * @param time its clock, by which a device can judge its own
 */
public record Health(String version, Instant time) implements Message {
    /** Reads a message; see {@link Message}. */
    public static Health read(byte[] body) {
        return Fields.read(
                body,
                fields -> new Health(
                        fields.text("version", FleetLimits.NAME),
                        Instant.ofEpochMilli(fields.number("timeMillis", 0, Long.MAX_VALUE))));
    }

    @Override
    public ObjectNode json() {
        return Json.object().put("version", version).put("timeMillis", time.toEpochMilli());
    }
}
