package dev.byway.core.unit;

import java.time.Duration;

/**
 * An instant on a monotonic clock with an arbitrary start, in nanoseconds. Only differences mean something; wall-clock
 * time is {@link java.time.Instant}.
 *
 * @param nanos nanoseconds since the clock's start
 */
public record Moment(long nanos) implements Comparable<Moment> {
    /** The start of the clock; simulations begin here. */
    public static final Moment ZERO = new Moment(0);

    /** The moment that lies {@code duration} after this one; saturates at the end of time. */
    public Moment plus(Duration duration) {
        return plusNanos(duration.toNanos());
    }

    /** The moment that lies {@code more} nanoseconds after this one; saturates at the end of time. */
    public Moment plusNanos(long more) {
        long sum = nanos + more;
        return new Moment(more > 0 && sum < nanos ? Long.MAX_VALUE : sum);
    }

    /** How long after {@code earlier} this moment is; negative when it is before. */
    public Duration since(Moment earlier) {
        return Duration.ofNanos(nanos - earlier.nanos);
    }

    public boolean isBefore(Moment other) {
        return nanos < other.nanos;
    }

    public boolean isAfter(Moment other) {
        return nanos > other.nanos;
    }

    /** The later one. */
    public static Moment max(Moment a, Moment b) {
        return a.isBefore(b) ? b : a;
    }

    /** The earlier of two moments. */
    public static Moment min(Moment a, Moment b) {
        return a.nanos <= b.nanos ? a : b;
    }

    @Override
    public int compareTo(Moment other) {
        return Long.compare(nanos, other.nanos);
    }
}
