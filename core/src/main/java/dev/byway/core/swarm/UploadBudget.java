package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import dev.byway.core.unit.Rate;

/**
 * How fast a device uploads: a token bucket from which every link reserves its bytes before they go out. One per device; pure,
 * one owner.
 *
 * <p>Whoever asks gets the next free time and nobody is overtaken, so that no link starves: a link waits for the bytes that
 * were reserved before its own, no longer. What goes out at the granted times, in any interval, is at most the rate times its
 * length and one {@link #burst()}.
 */
public final class UploadBudget {
    private static final long SECOND = 1_000_000_000L;
    private static final int WAKE_UPS = 50;

    private final Rate rate;
    private final int burst;
    private final long burstNanos;
    private Moment paidBy;

    /**
     * A full bucket.
     *
     * @param rate above 0
     * @param largest the most bytes that are reserved at once, at least 1
     * @param now the time
     */
    public UploadBudget(Rate rate, int largest, Moment now) {
        if (rate.bytesPerSecond() < 1 || largest < 1) {
            throw new IllegalArgumentException("no budget of " + rate + " for " + largest + " bytes at once");
        }
        this.rate = rate;
        this.burst = Math.clamp(rate.bytesPerSecond() / WAKE_UPS, largest, Integer.MAX_VALUE);
        this.burstNanos = burst * SECOND / rate.bytesPerSecond();
        this.paidBy = now;
    }

    /**
     * The most that goes out at once after a rest, in bytes: one largest reservation; with fast rates the bytes of 20 ms, so that
     * threads that wake up late lose nothing.
     */
    public int burst() {
        return burst;
    }

    /**
     * Reserves bytes.
     *
     * @param bytes 0 to the largest reservation
     * @param now the time, no earlier than at the last call
     * @return for how many nanoseconds they have to wait, at least 0
     */
    public long reserve(int bytes, Moment now) {
        Moment from = paidBy.isAfter(now) ? paidBy : now;
        paidBy = from.plusNanos(nanos(bytes));
        return Math.max(0, paidBy.nanos() - now.nanos() - burstNanos);
    }

    /** Rounded up, so that rounding never adds to the rate. */
    private long nanos(int bytes) {
        return Math.ceilDiv(bytes * SECOND, rate.bytesPerSecond());
    }
}
