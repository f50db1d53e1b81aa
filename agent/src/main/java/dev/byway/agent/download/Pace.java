package dev.byway.agent.download;

import dev.byway.core.unit.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps a flow of bytes within a rate by making those who move them wait. Any thread; all share one budget. */
public final class Pace {
    private static final Duration BURST = Duration.ofMillis(100);

    private final Optional<Rate> limit;
    private final ReentrantLock lock = new ReentrantLock();
    private long paidUntil = Long.MIN_VALUE;

    /** Without a limit, or with one of zero, nobody waits. */
    public Pace(Optional<Rate> limit) {
        this.limit = limit.filter(rate -> rate.bytesPerSecond() > 0);
    }

    /** Accounts for bytes that were moved, and waits as long as they should have taken. */
    public void take(int bytes) {
        limit.ifPresent(rate -> pause(rate.timeFor(bytes).toNanos()));
    }

    private void pause(long cost) {
        long wait;
        lock.lock();
        try {
            long now = System.nanoTime();
            paidUntil = Math.max(paidUntil, now - BURST.toNanos()) + cost;
            wait = paidUntil - now;
        } finally {
            lock.unlock();
        }
        if (wait > 0) {
            try {
                Thread.sleep(Duration.ofNanos(wait));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
