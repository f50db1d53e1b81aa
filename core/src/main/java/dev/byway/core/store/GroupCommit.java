package dev.byway.core.store;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * When verified data is made durable: together, so that a disk is not asked to flush for every piece, and soon, so that a
 * crash costs little. One owner.
 */
public final class GroupCommit {
    /** The longest that verified data waits. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    /** So many verified bytes do not wait any longer: 64 MiB. */
    public static final long BYTES = 64L << 20;

    /** The most that wait, be the disk as slow as it may: 128 MiB, and what is being made durable. */
    public static final long MOST = 2 * BYTES;

    private long waiting;
    private Optional<Moment> due = Optional.empty();

    /** Notes that {@code bytes} were verified. */
    public void add(long bytes, Moment now) {
        waiting += bytes;
        due = Optional.of(waiting >= BYTES ? now : due.orElse(now.plus(INTERVAL)));
    }

    /** {@code bytes} could not be made durable: all is tried again after the usual time, however much waits. */
    public void putBack(long bytes, Moment now) {
        waiting += bytes;
        due = Optional.of(now.plus(INTERVAL));
    }

    /** Whether waiting bytes are to be made durable now. */
    public boolean isDue(Moment now) {
        return due.filter(at -> !now.isBefore(at)).isPresent();
    }

    /** Whether no more may wait. */
    public boolean isFull() {
        return waiting >= MOST;
    }

    /** When waiting bytes are to be made durable at the latest; empty when none wait. */
    public Optional<Moment> dueAt() {
        return due;
    }

    /** Starts anew: what waited is being made durable, or is lost. */
    public void clear() {
        waiting = 0;
        due = Optional.empty();
    }
}
