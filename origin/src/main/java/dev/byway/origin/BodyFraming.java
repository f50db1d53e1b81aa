package dev.byway.origin;

import dev.byway.core.content.ContentId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How the end of a body is found (RFC 9112 section 6.3). */
sealed interface BodyFraming {
    /** After so many bytes. */
    record Fixed(long length) implements BodyFraming {}

    /** Where the last chunk says. */
    record Chunked() implements BodyFraming {}

    /** Where the connection ends. */
    record UntilClose() implements BodyFraming {}

    /**
     * The framing of the answer to a GET.
     *
     * @throws HttpSyntaxException when the head contradicts itself or uses a coding that Byway did not ask for
     */
    static BodyFraming of(MessageHead head) {
        if (head.status() < 200 || head.status() == 204 || head.status() == 304) {
            return new Fixed(0);
        }
        List<String> codings = head.headers().values("Transfer-Encoding");
        if (!codings.isEmpty()) {
            if (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked")) {
                return new Chunked();
            }
            throw new HttpSyntaxException("the answer has a transfer coding other than chunked");
        }
        Set<Long> lengths = new HashSet<>();
        for (String value : head.headers().values("Content-Length")) {
            for (String item : value.split(",", -1)) {
                lengths.add(number(item.strip(), "Content-Length"));
            }
        }
        if (lengths.size() > 1) {
            throw new HttpSyntaxException("the answer states several different lengths");
        }
        return lengths.isEmpty()
                ? new UntilClose()
                : new Fixed(lengths.iterator().next());
    }

    /** A count of bytes, at most {@link ContentId#MAX_LENGTH}. */
    static long number(String digits, String field) {
        if (!digits.matches("[0-9]{1,16}") || Long.parseLong(digits) > ContentId.MAX_LENGTH) {
            throw new HttpSyntaxException("the answer has a " + field + " that is no number of bytes up to 2^50");
        }
        return Long.parseLong(digits);
    }
}
