package dev.byway.core.unit;

import java.time.Duration;

/**
 * A transfer rate.
 *
 * @param bytesPerSecond at least 0
 */
public record Rate(long bytesPerSecond) implements Comparable<Rate> {
    public static final Rate ZERO = new Rate(0);

    public Rate {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("a rate cannot be negative: " + bytesPerSecond);
        }
    }

    /** The rate that moves {@code bytes} in {@code time}; the largest rate when {@code time} is zero. */
    public static Rate of(long bytes, Duration time) {
        long nanos = time.toNanos();
        return nanos <= 0 ? new Rate(Long.MAX_VALUE) : new Rate((long) (bytes * 1e9 / nanos));
    }

    /** How long {@code bytes} take at this rate; a year at the most, so that a zero rate stays arithmetic. */
    public Duration timeFor(long bytes) {
        double seconds = bytesPerSecond == 0 ? Double.MAX_VALUE : (double) bytes / bytesPerSecond;
        return Duration.ofNanos((long) (Math.min(seconds, 365 * 86_400.0) * 1e9));
    }

    @Override
    public int compareTo(Rate other) {
        return Long.compare(bytesPerSecond, other.bytesPerSecond);
    }
}
