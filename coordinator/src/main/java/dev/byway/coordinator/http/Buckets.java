package dev.byway.coordinator.http;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Token buckets by caller and quota. Remembers the {@link #MAX} callers seen last; one that was forgotten starts with a full
 * bucket. Any thread.
 */
final class Buckets {
    static final int MAX = 200_000;

    private record Key(String caller, Quota quota) {}

    private record Bucket(double tokens, Moment filled) {}

    private final Supplier<Moment> clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Bucket> eldest) {
            return size() > MAX;
        }
    };

    Buckets(Supplier<Moment> clock) {
        this.clock = clock;
    }

    /** Takes one token; if there is none, how long until there is. */
    Optional<Duration> take(String caller, Quota quota) {
        Moment now = clock.get();
        Key key = new Key(caller, quota);
        lock.lock();
        try {
            double tokens = Optional.ofNullable(buckets.get(key))
                    .map(bucket -> refilled(bucket, quota, now))
                    .orElse((double) quota.burst());
            boolean taken = tokens >= 1;
            buckets.put(key, new Bucket(taken ? tokens - 1 : tokens, now));
            return taken ? Optional.empty() : Optional.of(wait(1 - tokens, quota));
        } finally {
            lock.unlock();
        }
    }

    /** How many callers are remembered, once for each quota they used. */
    int size() {
        lock.lock();
        try {
            return buckets.size();
        } finally {
            lock.unlock();
        }
    }

    private static double refilled(Bucket bucket, Quota quota, Moment now) {
        double seconds = now.since(bucket.filled()).toNanos() / 1e9;
        return Math.min(quota.burst(), bucket.tokens() + seconds * quota.perSecond());
    }

    private static Duration wait(double tokens, Quota quota) {
        return Duration.ofMillis((long) Math.ceil(1000 * tokens / quota.perSecond()));
    }
}
