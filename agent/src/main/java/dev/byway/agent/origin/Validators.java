package dev.byway.agent.origin;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What tells one version of a file at its origin from another (RFC 9110 section 8.8), as far as the origin says it.
 *
 * @param etag entity tag as sent, with its quotes and a {@code W/} in front when weak
 * @param lastModified to the second
 * @param length of the whole file in bytes
 */
public record Validators(Optional<String> etag, Optional<Instant> lastModified, OptionalLong length) {
    /** Longest entity tag that is looked at; a longer one, or one with characters beyond ASCII, counts as absent. */
    public static final int MAX_ETAG = 1024;

    /** Nothing known. */
    public static final Validators NONE = new Validators(Optional.empty(), Optional.empty(), OptionalLong.empty());

    /** What {@code headers} say about a file of {@code length} bytes. */
    static Validators of(Headers headers, OptionalLong length) {
        return new Validators(
                headers.first("ETag").filter(tag -> tag.length() <= MAX_ETAG && tag.matches("[\\x20-\\x7e]+")),
                headers.first("Last-Modified").flatMap(HttpDate::parse),
                length);
    }

    /**
     * How {@code now} shows that the file is another one: a sentence, or empty when nothing contradicts. Entity tags are
     * compared weakly and decide over dates; what one side does not know contradicts nothing.
     */
    public Optional<String> contradictedBy(Validators now) {
        if (length.isPresent() && now.length.isPresent() && length.getAsLong() != now.length.getAsLong()) {
            return Optional.of(
                    "it had %,d bytes and now has %,d".formatted(length.getAsLong(), now.length.getAsLong()));
        }
        if (etag.isPresent() && now.etag.isPresent()) {
            return opaque(etag.get()).equals(opaque(now.etag.get()))
                    ? Optional.empty()
                    : Optional.of("its ETag was " + etag.get() + " and now is " + now.etag.get());
        }
        if (lastModified.isPresent() && now.lastModified.isPresent() && !lastModified.equals(now.lastModified)) {
            return Optional.of("it was last modified " + lastModified.get() + " and now " + now.lastModified.get());
        }
        return Optional.empty();
    }

    /**
     * The value for {@code If-Range}: a strong entity tag, or the date of a file that has no tag at all (RFC 9110
     * section 13.1.5 forbids weak tags).
     */
    Optional<String> ifRange() {
        return etag.isPresent() ? etag.filter(tag -> tag.startsWith("\"")) : lastModified.map(HttpDate::format);
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
