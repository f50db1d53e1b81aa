package dev.byway.origin;

import dev.byway.core.unit.ByteRange;
import java.util.Optional;

/** Which bytes of a file are asked for. */
public sealed interface Span {
    /** All of it; sent without a {@code Range} field, so that the answer to one request tells everything. */
    record Whole() implements Span {}

    /**
     * From a byte to the end.
     *
     * @param offset first byte, at least 0
     */
    record From(long offset) implements Span {
        public From {
            if (offset < 0) {
                throw new IllegalArgumentException("a file has no byte " + offset);
            }
        }
    }

    /**
     * Exactly these bytes, or as many of them as the file has.
     *
     * @param range not empty
     */
    record Part(ByteRange range) implements Span {
        public Part {
            if (range.isEmpty()) {
                throw new IllegalArgumentException("an empty range cannot be asked for");
            }
        }
    }

    /** The first byte asked for. */
    default long start() {
        return switch (this) {
            case Whole _ -> 0;
            case From from -> from.offset();
            case Part part -> part.range().offset();
        };
    }

    /** The value of the {@code Range} field (RFC 9110 section 14.2). */
    default Optional<String> rangeField() {
        return switch (this) {
            case Whole _ -> Optional.empty();
            case From from -> Optional.of("bytes=" + from.offset() + "-");
            case Part part ->
                Optional.of(
                        "bytes=" + part.range().offset() + "-" + (part.range().end() - 1));
        };
    }
}
