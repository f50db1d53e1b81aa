package dev.byway.origin;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Content-Range} field (RFC 9110 section 14.4). */
sealed interface ContentRange {
    /** Which bytes follow. */
    record Part(long first, long last, OptionalLong total) implements ContentRange {
        long length() {
            return last - first + 1;
        }
    }

    /** None could be sent; the file has {@code total} bytes. */
    record Unsatisfied(long total) implements ContentRange {}

    /**
     * Reads the value of the field.
     *
     * @throws HttpSyntaxException when it is not one
     */
    static ContentRange parse(String value) {
        Matcher parts = Pattern.compile("(?i)bytes\\s+(?:([0-9]+)-([0-9]+)|\\*)/([0-9]+|\\*)")
                .matcher(value);
        if (value.length() > 100 || !parts.matches()) {
            throw new HttpSyntaxException("the answer has a malformed Content-Range");
        }
        OptionalLong total = parts.group(3).equals("*") ? OptionalLong.empty() : OptionalLong.of(bytes(parts.group(3)));
        if (parts.group(1) == null) {
            return new Unsatisfied(
                    total.orElseThrow(() -> new HttpSyntaxException("the answer has an empty Content-Range")));
        }
        Part part = new Part(bytes(parts.group(1)), bytes(parts.group(2)), total);
        if (part.last < part.first || (total.isPresent() && part.last >= total.getAsLong())) {
            throw new HttpSyntaxException("the answer has a Content-Range that contradicts itself: " + value);
        }
        return part;
    }

    private static long bytes(String digits) {
        return BodyFraming.number(digits, "Content-Range");
    }
}
