package dev.byway.core.store;

import dev.byway.core.content.ContentId;

/** A content to delete, and why. */
public record Eviction(ContentId id, Reason reason) {
    /** Why a content leaves the cache. */
    public enum Reason {
        /** Its publisher said that it is of no use any more. */
        EXPIRED,
        /** It has been kept for DOMaxCacheAge. */
        AGE,
        /** The cache is over its size and this was used longest ago. */
        SIZE
    }
}
