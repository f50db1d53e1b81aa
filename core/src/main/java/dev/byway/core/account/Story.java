package dev.byway.core.account;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened during one download, for {@code why}: reasons in the order in which they first came up, each with how
 * often. Owned by one loop; not for use by several threads.
 *
 * <p>A peer that misbehaves a million times is one entry that says a million. When the story is full, the entry that
 * matters least gives way: the lowest {@link ReasonCode.Weight}, and among equals the one not seen for longest. The
 * same reasons at the same moments always leave the same story.
 */
public final class Story {
    /** Entries kept unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 500;

    /**
     * One reason of one source.
     *
     * @param reason with the detail of the last time
     * @param first when it first came up
     * @param last when it last came up
     * @param count how often, at least 1
     */
    public record Entry(Reason reason, Moment first, Moment last, long count) {
        private Entry again(Moment at, Reason latest) {
            return new Entry(latest, first, at, count + 1);
        }
    }

    private record Key(String source, ReasonCode code, Optional<String> setting) {}

    private static final Comparator<Map.Entry<Key, Entry>> LEAST_IMPORTANT_FIRST = Comparator.comparing(
                    (Map.Entry<Key, Entry> entry) -> entry.getKey().code().weight())
            .thenComparing(entry -> entry.getValue().last());

    private final int capacity;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private long dropped;

    /** A story of at most {@link #DEFAULT_CAPACITY} entries. */
    public Story() {
        this(DEFAULT_CAPACITY);
    }

    /** A story of at most {@code capacity} entries, at least 1. */
    public Story(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a story has room for at least one entry, not " + capacity);
        }
        this.capacity = capacity;
    }

    /** Tells that {@code reason} came up {@code at} this moment. */
    public void tell(Moment at, Reason reason) {
        Key key = new Key(reason.source(), reason.code(), reason.setting());
        Entry known = entries.get(key);
        entries.put(key, known == null ? new Entry(reason, at, at, 1) : known.again(at, reason));
        if (entries.size() > capacity) {
            dropLeastImportant();
        }
    }

    private void dropLeastImportant() {
        Key least = entries.entrySet().stream()
                .min(LEAST_IMPORTANT_FIRST)
                .orElseThrow()
                .getKey();
        entries.remove(least);
        dropped++;
    }

    /** All entries kept, in the order in which they first came up. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** The reasons in the same order, each with when it came up since {@code began}. */
    public List<Reason> reasons(Moment began) {
        return entries.values().stream()
                .map(entry -> entry.reason()
                        .at(new Reason.Timing(
                                entry.first().since(began), entry.last().since(began), entry.count(), Duration.ZERO)))
                .toList();
    }

    /** How many entries gave way because the story was full. */
    public long dropped() {
        return dropped;
    }
}
