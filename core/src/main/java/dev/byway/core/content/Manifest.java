package dev.byway.core.content;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A publisher's statement that certain URLs are a certain content. Says nothing until {@link Trust} has judged who signed
 * it and where it came from.
 *
 * <p>All constructors' violations are {@link IllegalArgumentException}; reading turns them into {@link
 * UntrustedContentException}.
 *
 * @param id what the content is
 * @param sha256 of the whole file
 * @param pieceLength bytes of a piece, as in {@link PieceLayout}
 * @param name the file's name
 * @param origins 1 to {@link #MAX_ORIGINS} http or https URLs that serve it, with a path, without user name, query or
 *     fragment, {@link #MAX_ORIGIN_BYTES} bytes each and 32 KiB in all
 * @param validators what the origin stated when the file was published
 * @param visibility who may have it from a peer
 * @param issued when this was signed; of two manifests for a URL the one issued later counts
 * @param expires from when on it says nothing any more
 */
public record Manifest(
        ContentId id,
        Digest sha256,
        int pieceLength,
        SafeName name,
        List<URI> origins,
        Validators validators,
        Visibility visibility,
        Instant issued,
        Optional<Instant> expires)
        implements Published {
    /** Media type of the signed payload. */
    public static final String PAYLOAD_TYPE = "application/vnd.byway.manifest+json";

    /** Longest JSON of a manifest. */
    public static final int MAX_BYTES = 64 * 1024;

    public static final int MAX_ORIGINS = Statement.MAX_ORIGINS;
    public static final int MAX_ORIGIN_BYTES = Statement.MAX_ORIGIN_BYTES;

    public Manifest {
        Statement.layout(id, pieceLength);
        Statement.checkDigest(id, sha256);
        Statement.checkTimes(issued, expires);
        origins = Statement.checkOrigins(origins);
        if (validators.length().isPresent() && validators.length().getAsLong() != id.length()) {
            throw new IllegalArgumentException("the validators state "
                    + validators.length().getAsLong() + " bytes, the content has " + id.length());
        }
    }

    /**
     * Reads canonical or any other JSON of a manifest. Unknown fields are ignored, an unknown version is not.
     *
     * @throws UntrustedContentException when it is not a manifest, is too long, or breaks a limit
     */
    public static Manifest read(byte[] json) {
        return ManifestJson.read(json);
    }

    @Override
    public String payloadType() {
        return PAYLOAD_TYPE;
    }

    @Override
    public byte[] toBytes() {
        return ManifestJson.write(this);
    }

    /** How the content is cut. */
    public PieceLayout layout() {
        return Statement.layout(id, pieceLength);
    }

    /** Whether {@code url} is one of the origins. */
    public boolean names(URI url) {
        return origins.stream().anyMatch(origin -> WebOrigin.sameResource(origin, url));
    }
}
