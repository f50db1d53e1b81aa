package dev.byway.core.store;

/** How large the cache may grow: DOMaxCacheSize, or DOAbsoluteMaxCacheSize in its place. */
public sealed interface CacheSize {
    /** Free space that the cache leaves to others whatever its own limit: 1 GiB. */
    long RESERVE = 1L << 30;

    /**
     * A share of the space that would be free without the cache.
     *
     * @param percent 1 to 100
     */
    record Share(int percent) implements CacheSize {
        public Share {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("DOMaxCacheSize is 1 to 100 %, not " + percent);
            }
        }
    }

    /** A number of bytes. */
    record Bytes(long bytes) implements CacheSize {
        public Bytes {
            if (bytes < 0) {
                throw new IllegalArgumentException("a cache size is at least 0 bytes, not " + bytes);
            }
        }
    }

    /** As much as the disk has, but for {@link #RESERVE}. */
    record Unlimited() implements CacheSize {}

    /**
     * The limit in bytes on this disk now.
     *
     * @param cached bytes that the cache holds
     * @param usable bytes that are free beside it
     */
    default long on(long cached, long usable) {
        long whole = cached + usable;
        long limit = switch (this) {
            case Share share -> (long) (whole / 100.0 * share.percent());
            case Bytes fixed -> fixed.bytes();
            case Unlimited _ -> whole;
        };
        return Math.max(0, Math.min(limit, whole - RESERVE));
    }
}
