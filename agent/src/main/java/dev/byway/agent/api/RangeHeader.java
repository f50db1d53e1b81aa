package dev.byway.agent.api;

import dev.byway.core.unit.ByteRange;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Range} header of RFC 9110, section 14.2, in the one form that is taken here: {@code bytes=first-last}. */
final class RangeHeader {
    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})");

    private RangeHeader() {}

    /** The range asked for; empty when the header is absent. */
    static Optional<ByteRange> of(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(values.getFirst());
        if (values.size() > 1 || !matcher.matches()) {
            throw refused();
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        if (last < first) {
            throw refused();
        }
        return Optional.of(ByteRange.between(first, last + 1));
    }

    static String of(ByteRange range) {
        return "bytes=" + range.offset() + "-" + (range.end() - 1);
    }

    private static RequestRefusedException refused() {
        return new RequestRefusedException(
                400, "bad-range", "the Range header cannot be used", "send one range: bytes=FIRST-LAST");
    }
}
