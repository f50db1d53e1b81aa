package dev.byway.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What leaves the cache: first what expired or is too old, then, while the rest is over the size, unproved copies that
 * somebody might have gone on with, then what was used longest ago. Never what is pinned or in use, even when the cache
 * stays over its size for it.
 *
 * <p>The age of a content counts from its completion, of an unfinished one from its last use.
 */
public final class EvictionPolicy {
    private EvictionPolicy() {}

    /** The contents to delete, in order. */
    public static List<Eviction> choose(List<CacheEntry> entries, Instant now, CacheLimits limits) {
        List<Eviction> chosen = new ArrayList<>();
        List<CacheEntry> rest = new ArrayList<>();
        long bytes = 0;
        for (CacheEntry entry : entries) {
            Optional<Eviction.Reason> reason = isKept(entry) ? Optional.empty() : outlived(entry, now, limits);
            if (reason.isPresent()) {
                chosen.add(new Eviction(entry.id(), reason.get()));
            } else {
                rest.add(entry);
                bytes += entry.bytes();
            }
        }
        rest.sort(Comparator.comparing((CacheEntry e) -> e.meta().lastUsed()).thenComparing(e -> e.id().toString()));
        for (CacheEntry entry : rest) {
            if (bytes > limits.maxBytes() && !isKept(entry)) {
                chosen.add(new Eviction(entry.id(), Eviction.Reason.SIZE));
                bytes -= entry.bytes();
            }
        }
        return chosen;
    }

    /**
     * The unproved copies to delete, in order: those that nobody uses and that were left longest ago, until all together are
     * within the size. Contents serve every neighbour, such a copy at best one download that goes on; so it goes first.
     *
     * @param contents bytes of all contents
     */
    public static List<SpoolEntry> chooseSpools(List<SpoolEntry> spools, long contents, CacheLimits limits) {
        long bytes = contents + spools.stream().mapToLong(SpoolEntry::bytes).sum();
        List<SpoolEntry> oldest = new ArrayList<>(spools);
        oldest.sort(Comparator.comparing(SpoolEntry::written).thenComparing(SpoolEntry::name));
        List<SpoolEntry> chosen = new ArrayList<>();
        for (SpoolEntry spool : oldest) {
            if (bytes > limits.maxBytes() && !spool.inUse()) {
                chosen.add(spool);
                bytes -= spool.bytes();
            }
        }
        return chosen;
    }

    private static boolean isKept(CacheEntry entry) {
        return entry.inUse() || entry.meta().pinned();
    }

    private static Optional<Eviction.Reason> outlived(CacheEntry entry, Instant now, CacheLimits limits) {
        ContentMeta meta = entry.meta();
        if (meta.expires().filter(e -> !now.isBefore(e)).isPresent()) {
            return Optional.of(Eviction.Reason.EXPIRED);
        }
        Duration age = Duration.between(meta.completed().orElse(meta.lastUsed()), now);
        return limits.maxAge().filter(max -> age.compareTo(max) >= 0).map(_ -> Eviction.Reason.AGE);
    }
}
