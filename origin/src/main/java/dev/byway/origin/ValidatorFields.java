package dev.byway.origin;

import dev.byway.core.content.Freshness;
import dev.byway.core.content.Validators;
import java.util.Optional;
import java.util.OptionalLong;

/** Validators as header fields say them. */
final class ValidatorFields {
    private ValidatorFields() {}

    /** What {@code headers} say about a file of {@code length} bytes. */
    static Validators read(Headers headers, OptionalLong length) {
        return Validators.ofHeaders(headers.first("ETag"), headers.first("Last-Modified"), length);
    }

    /**
     * The value for {@code If-Range}: a strong entity tag, or the date of a file that has no tag at all (RFC 9110
     * section 13.1.5 forbids weak tags).
     */
    static Optional<String> ifRange(Validators expected) {
        return expected.etag().isPresent()
                ? expected.etag().filter(tag -> tag.startsWith("\""))
                : expected.lastModified().map(HttpDate::format);
    }

    /** How {@code now} shows that the file is another version than {@code expected}; empty when nothing does. */
    static Optional<String> contradiction(Validators expected, Validators now) {
        return Freshness.compare(expected, now) instanceof Freshness.Changed(String name, String before, String after)
                ? Optional.of(
                        ("its " + name + " was " + before + " and now is " + after).replaceAll("[^\\x20-\\x7e]", "?"))
                : Optional.empty();
    }
}
