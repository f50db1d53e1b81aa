package dev.byway.agent.job;

import dev.byway.core.content.Digest;
import dev.byway.core.unit.Rate;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * "Get me what is at this URL."
 *
 * @param url http or https, absolute
 * @param headers fields to send to the origin; a request with any of them is private: its bytes come from the origin alone
 * @param sha256 the digest that the whole file must have, if the user knows it
 * @param manifest a manifest file that the user gave by hand, as it was read
 * @param peers whether neighbours may be asked
 * @param limit how fast to fetch, at the most
 */
public record JobRequest(
        URI url,
        List<Header> headers,
        Optional<Digest> sha256,
        Optional<byte[]> manifest,
        boolean peers,
        Optional<Rate> limit) {
    /** Header fields in one request. */
    public static final int MAX_HEADERS = 64;

    /**
     * One field of a request.
     *
     * @param name as in RFC 9110, section 5.1
     * @param value without line breaks
     */
    public record Header(String name, String value) {}

    public JobRequest {
        headers = List.copyOf(headers);
        if (headers.size() > MAX_HEADERS) {
            throw new IllegalArgumentException("at most " + MAX_HEADERS + " header fields, not " + headers.size());
        }
    }

    /** The same, for a file that must have this digest. */
    public JobRequest withSha256(Optional<Digest> digest) {
        return new JobRequest(url, headers, digest, manifest, peers, limit);
    }

    /** The same, from another place. */
    public JobRequest at(URI other) {
        return new JobRequest(other, headers, sha256, manifest, peers, limit);
    }

    /** The URL and nothing special. */
    public static JobRequest of(URI url) {
        return new JobRequest(url, List.of(), Optional.empty(), Optional.empty(), true, Optional.empty());
    }
}
