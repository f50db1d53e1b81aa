package dev.byway.cli.get;

import dev.byway.core.unit.ByteRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which bytes of a file are written: ranges that neither overlap nor touch. */
final class WrittenRanges {
    private final TreeMap<Long, Long> endByStart = new TreeMap<>();

    /** Adds a range, which may overlap others. */
    void add(ByteRange range) {
        if (range.isEmpty()) {
            return;
        }
        long start = range.offset();
        long end = range.end();
        Map.Entry<Long, Long> before = endByStart.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        for (Map.Entry<Long, Long> next = endByStart.ceilingEntry(start);
                next != null && next.getKey() <= end;
                next = endByStart.ceilingEntry(start)) {
            end = Math.max(end, next.getValue());
            endByStart.remove(next.getKey());
        }
        endByStart.put(start, end);
    }

    /** The first part of {@code ready} that is not written, at most {@code most} bytes. */
    Optional<ByteRange> firstMissing(List<ByteRange> ready, long most) {
        for (ByteRange range : ready) {
            long start = endOfRunAt(range.offset());
            if (start < range.end()) {
                Long next = endByStart.ceilingKey(start);
                long end = next == null ? range.end() : Math.min(next, range.end());
                return Optional.of(ByteRange.between(start, Math.min(end, start + most)));
            }
        }
        return Optional.empty();
    }

    private long endOfRunAt(long offset) {
        Map.Entry<Long, Long> run = endByStart.floorEntry(offset);
        return run == null ? offset : Math.max(offset, run.getValue());
    }

    /** Bytes from the first one on without a gap. */
    long prefix() {
        return endOfRunAt(0);
    }

    /** Whether the first {@code length} bytes are written. */
    boolean covers(long length) {
        return endOfRunAt(0) >= length;
    }

    void clear() {
        endByStart.clear();
    }
}
