package dev.byway.core.fleet;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of every answer that is an error.
 *
 * @param reason why, for programs
 * @param message what, where and what to do, for people
 * @param retryAfter when trying again makes sense, if it does
 */
public record Refusal(Reason reason, String message, Optional<Duration> retryAfter) implements Message {
    private static final int MAX_MESSAGE = 2048;

    /** Why. The words and the HTTP status of each are part of the API. */
    public enum Reason {
        /** The request is not what the API describes. */
        MALFORMED(400),
        /** No credential where one is needed, or one that is not valid (any more). */
        NOT_AUTHENTICATED(401),
        /** The caller is known and may not do this. */
        NOT_ALLOWED(403),
        /** There is no such thing, or the caller may not know of it. */
        NOT_FOUND(404),
        /** It is not known yet, and the coordinator is finding out. */
        LEARNING(404),
        /** There is no such method on this path. */
        WRONG_METHOD(405),
        /** A newer one is already there. */
        OUTDATED(409),
        /** What was there is withdrawn. */
        WITHDRAWN(410),
        /** The body is longer than allowed. */
        TOO_LARGE(413),
        /** The join token, manifest or layer is well formed and not acceptable. */
        NOT_ACCEPTED(422),
        /** Too many requests. */
        TOO_MANY(429),
        /** The coordinator failed; its log says more. */
        FAILED(500),
        /** The coordinator is full or going away. */
        UNAVAILABLE(503);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** The HTTP status of the answer. */
        public int status() {
            return status;
        }
    }

    public Refusal {
        message = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
    }

    /** A refusal that trying again does not change. */
    public static Refusal of(Reason reason, String message) {
        return new Refusal(reason, message, Optional.empty());
    }

    /** Reads a message; see {@link Message}. */
    public static Refusal read(byte[] body) {
        return Fields.read(
                body,
                fields -> new Refusal(
                        fields.oneOf(Reason.class, "reason"),
                        fields.text("message", MAX_MESSAGE),
                        fields.has("retryAfterSeconds")
                                ? Optional.of(Duration.ofSeconds(fields.number("retryAfterSeconds", 0, 86_400)))
                                : Optional.empty()));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object().put("reason", Fields.word(reason)).put("message", message);
        retryAfter.ifPresent(time -> node.put("retryAfterSeconds", time.toSeconds()));
        return node;
    }
}
