package dev.byway.core.content;

import java.util.Optional;

/**
 * What hashing a whole content gave.
 *
 * @param layer the digests of its pieces, and its id with them
 * @param sha256 SHA-256 of all its bytes in one run, where that was asked for
 */
public record HashedContent(PieceLayer layer, Optional<Digest> sha256) {
    /** What the content is. */
    public ContentId id() {
        return layer.id();
    }
}
