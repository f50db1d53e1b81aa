package dev.byway.core.fleet;

import dev.byway.core.wire.ProbeOutcome;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a {@link ProbeRequest}.
 *
 * @param dialled where
 * @param outcome what came of it
 * @param took how long
 */
public record ProbeAnswer(Endpoint dialled, ProbeOutcome outcome, Duration took) implements Message {
    private static final int MAX_MILLIS = 600_000;

    /** Reads a message; see {@link Message}. */
    public static ProbeAnswer read(byte[] body) {
        return Fields.read(
                body,
                fields -> new ProbeAnswer(
                        Endpoint.read(fields),
                        fields.oneOf(ProbeOutcome.class, "outcome"),
                        Duration.ofMillis(fields.number("millis", 0, MAX_MILLIS))));
    }

    @Override
    public ObjectNode json() {
        return dialled.json().put("outcome", Fields.word(outcome)).put("millis", Math.min(took.toMillis(), MAX_MILLIS));
    }
}
