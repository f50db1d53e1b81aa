package dev.byway.core.store;

import dev.byway.core.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a download of content without identity had come, and which version of the file at its origin it was.
 *
 * @param etag as the origin sent it, quotes included
 * @param lastModified as the origin sent it
 * @param length bytes of the whole file, if the origin said so
 * @param durable bytes from the start of the file that survive a power cut
 * @param written when that was so
 */
public record SpoolState(
        Optional<String> etag, Optional<String> lastModified, OptionalLong length, long durable, Instant written) {
    /** Longest validator that is remembered. */
    public static final int MAX_VALIDATOR = 1024;

    public SpoolState {
        if (durable < 0 || length.orElse(0) < 0) {
            throw new IllegalArgumentException("a spool of " + durable + " of " + length + " bytes");
        }
        etag = etag.filter(SpoolState::isShort);
        lastModified = lastModified.filter(SpoolState::isShort);
    }

    /** A download that has nothing yet. */
    public static SpoolState fresh(
            Optional<String> etag, Optional<String> lastModified, OptionalLong length, Instant now) {
        return new SpoolState(etag, lastModified, length, 0, now);
    }

    /** A download whose origin has not answered yet. */
    public static SpoolState unknown(Instant now) {
        return fresh(Optional.empty(), Optional.empty(), OptionalLong.empty(), now);
    }

    /** Whether the same ETag promises the same bytes (RFC 9110 section 8.8.1), so that a range may continue the file. */
    public boolean isResumable() {
        return etag.filter(tag -> tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\""))
                .isPresent();
    }

    /** The same file, further on. */
    public SpoolState durableTo(long bytes, Instant now) {
        return new SpoolState(etag, lastModified, length, bytes, now);
    }

    /** The state as JSON. */
    public byte[] encode() {
        ObjectNode json = JsonTree.object();
        etag.ifPresent(t -> json.put("etag", t));
        lastModified.ifPresent(t -> json.put("lastModified", t));
        length.ifPresent(l -> json.put("length", l));
        json.put("durable", durable);
        json.put("written", written.toString());
        return JsonTree.write(json);
    }

    /** The state in {@code bytes}; empty when they are none. */
    public static Optional<SpoolState> decode(byte[] bytes) {
        try {
            JsonNode json = JsonTree.read(bytes);
            JsonNode durable = json.path("durable");
            JsonNode length = json.path("length");
            if (!durable.isIntegralNumber() || !durable.canConvertToLong() || durable.longValue() < 0) {
                return Optional.empty();
            }
            boolean measured = length.isIntegralNumber() && length.canConvertToLong() && length.longValue() >= 0;
            return Optional.of(new SpoolState(
                    text(json, "etag"),
                    text(json, "lastModified"),
                    measured ? OptionalLong.of(length.longValue()) : OptionalLong.empty(),
                    durable.longValue(),
                    Instant.parse(text(json, "written").orElse(""))));
        } catch (JacksonException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static boolean isShort(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= MAX_VALIDATOR;
    }
}
