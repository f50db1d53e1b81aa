package dev.byway.origin;

import dev.byway.core.content.Validators;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What an origin said about the bytes that it is sending.
 *
 * @param status 200 (the whole file) or 206 (a part)
 * @param uri where the bytes come from, after redirects
 * @param hops the redirects that led there, in order
 * @param headers of the final answer
 * @param validators of the whole file; their length is the file's
 * @param offset where in the file the first byte of this body lies; 0 with status 200
 * @param length of this body in bytes; empty when only its end tells
 * @param ranges whether parts can be asked for
 */
public record Representation(
        int status,
        URI uri,
        List<Hop> hops,
        Headers headers,
        Validators validators,
        long offset,
        OptionalLong length,
        RangeSupport ranges) {
    public Representation {
        hops = List.copyOf(hops);
    }

    /** Every address that was asked, in order: the first one, then each redirect's target. */
    public List<URI> asked() {
        return Stream.concat(hops.stream().map(Hop::from), Stream.of(uri)).toList();
    }
}
