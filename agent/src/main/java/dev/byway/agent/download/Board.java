package dev.byway.agent.download;

import dev.byway.agent.job.JobStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Where a download shows its status: written by its owner, read and waited for by anybody. What changes all the time is
 * {@link #offer offered} and shown ten times a second; the last offer is shown in time also when none follows.
 */
final class Board {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private JobStatus status;
    private Optional<UnaryOperator<JobStatus>> offered = Optional.empty();
    private long due = System.nanoTime();

    Board(JobStatus first) {
        this.status = first;
    }

    JobStatus status() {
        lock.lock();
        try {
            showOfferIfDue();
            return status;
        } finally {
            lock.unlock();
        }
    }

    /** Shows the next status, made from the present one, whose version is one less. */
    void show(UnaryOperator<JobStatus> next) {
        lock.lock();
        try {
            showNow(next);
        } finally {
            lock.unlock();
        }
    }

    /** Shows the next status soon, unless there is a newer one by then. Made by any thread. */
    void offer(UnaryOperator<JobStatus> next) {
        lock.lock();
        try {
            boolean first = offered.isEmpty();
            offered = Optional.of(next);
            showOfferIfDue();
            if (first) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void showOfferIfDue() {
        if (offered.isPresent() && System.nanoTime() - due >= 0) {
            showNow(offered.get());
        }
    }

    private void showNow(UnaryOperator<JobStatus> next) {
        offered = Optional.empty();
        if (!status.isOver()) {
            status = next.apply(status);
            due = System.nanoTime() + PAUSE;
            changed.signalAll();
        }
    }

    JobStatus await(long version, Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                showOfferIfDue();
                long now = System.nanoTime();
                if (status.version() > version || now - until >= 0 || status.isOver()) {
                    return status;
                }
                changed.awaitNanos(offered.isPresent() ? Math.min(until - now, due - now) : until - now);
            }
        } finally {
            lock.unlock();
        }
    }
}
