package dev.byway.core.policy;

import dev.byway.core.unit.DataSize;
import java.time.Duration;
import java.util.Optional;

/**
 * How large the cache may grow and how old its content, after DOMaxCacheSize, DOAbsoluteMaxCacheSize and DOMaxCacheAge.
 *
 * @param size bytes that the cache may hold
 * @param age how long content is kept after its last use; empty is for ever
 */
public record CacheQuota(DataSize size, Optional<Duration> age) {
    /** Free space that the cache leaves on its volume where no share of it is set. */
    public static final DataSize SPARE = DataSize.ofGigabytes(1);

    /**
     * The quota on a volume.
     *
     * @param free bytes that are free on it
     * @param held bytes that the cache holds; they count as available
     */
    public static CacheQuota of(EffectiveSettings settings, DataSize free, DataSize held) {
        long available = Math.addExact(free.bytes(), held.bytes());
        long size = settings.get(Settings.ABSOLUTE_MAX_CACHE_SIZE)
                .map(most -> most.bytes() == 0 ? Math.max(0, available - SPARE.bytes()) : most.bytes())
                .orElseGet(() -> share(available, settings.get(Settings.MAX_CACHE_SIZE)));
        return new CacheQuota(new DataSize(size), settings.get(Settings.MAX_CACHE_AGE));
    }

    private static long share(long available, int percent) {
        return available / 100 * percent + available % 100 * percent / 100;
    }
}
