package dev.byway.core.store;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;

/**
 * One content in the cache, as lists, reports and the eviction rule see it.
 *
 * @param heldPieces number of verified pieces
 * @param bytes verified bytes
 * @param inUse whether it is being downloaded, served or delivered right now
 */
public record CacheEntry(
        ContentId id, PieceLayout layout, int heldPieces, long bytes, ContentMeta meta, boolean inUse) {}
