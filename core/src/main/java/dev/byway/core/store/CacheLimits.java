package dev.byway.core.store;

import java.time.Duration;
import java.util.Optional;

/**
 * How long and how much is kept.
 *
 * @param maxAge how long after its completion a content is kept (DOMaxCacheAge); empty for ever
 * @param maxBytes bytes of all contents together
 */
public record CacheLimits(Optional<Duration> maxAge, long maxBytes) {
    /** The same limits with {@code bytes} more to come. */
    public CacheLimits leavingRoomFor(long bytes) {
        return new CacheLimits(maxAge, Math.max(0, maxBytes - bytes));
    }
}
