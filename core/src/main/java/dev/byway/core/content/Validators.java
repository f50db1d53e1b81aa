package dev.byway.core.content;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * By what an origin tells one version of a file from another. RFC 9110 section 8.8.
 *
 * @param etag the ETag header as sent, with its quotes and {@code W/}; at most {@link #MAX_ETAG} characters
 * @param lastModified the Last-Modified header, whole seconds
 * @param length bytes of the whole file
 */
public record Validators(Optional<String> etag, Optional<Instant> lastModified, OptionalLong length) {
    /** Longest entity tag that is kept. */
    public static final int MAX_ETAG = 512;

    /** Nothing known. */
    public static final Validators NONE = new Validators(Optional.empty(), Optional.empty(), OptionalLong.empty());

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public Validators {
        etag.filter(tag -> !isEtag(tag)).ifPresent(tag -> {
            throw new IllegalArgumentException(
                    "not an entity tag of RFC 9110 with at most " + MAX_ETAG + " characters: \"…\" or W/\"…\"");
        });
        lastModified = lastModified.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
        lastModified.filter(time -> !isDate(time)).ifPresent(time -> {
            throw new IllegalArgumentException("a Last-Modified lies between the years 1900 and 9999, not " + time);
        });
        if (length.isPresent() && (length.getAsLong() < 0 || length.getAsLong() > ContentId.MAX_LENGTH)) {
            throw new IllegalArgumentException("a content has 0 to 2^50 bytes, not " + length.getAsLong());
        }
    }

    /**
     * The validators in the headers of an origin's answer. A header that is malformed or too long counts as absent: it tells
     * nothing.
     *
     * @param etag value of ETag
     * @param lastModified value of Last-Modified
     * @param length bytes of the whole file, from Content-Length or Content-Range
     */
    public static Validators ofHeaders(Optional<String> etag, Optional<String> lastModified, OptionalLong length) {
        boolean usable = length.isPresent() && length.getAsLong() >= 0 && length.getAsLong() <= ContentId.MAX_LENGTH;
        return new Validators(
                etag.map(String::strip).filter(Validators::isEtag),
                lastModified.flatMap(Validators::httpDate),
                usable ? length : OptionalLong.empty());
    }

    /** The entity tag without {@code W/}, for the weak comparison of RFC 9110 section 8.8.3.2. */
    Optional<String> opaqueTag() {
        return etag.map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag);
    }

    private static boolean isEtag(String tag) {
        String quoted = tag.startsWith("W/") ? tag.substring(2) : tag;
        return tag.length() <= MAX_ETAG && quoted.matches("\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"");
    }

    private static boolean isDate(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }

    private static Optional<Instant> httpDate(String header) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.strip())))
                    .filter(Validators::isDate);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
