package dev.byway.agent.download;

import dev.byway.agent.job.JobStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** Where a download shows its status: written by its owner, read and waited for by anybody. */
final class Board {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private JobStatus status;

    Board(JobStatus first) {
        this.status = first;
    }

    JobStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /** Shows the next status, made from the present one, whose version is one less. */
    void show(UnaryOperator<JobStatus> next) {
        lock.lock();
        try {
            if (!status.isOver()) {
                status = next.apply(status);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    JobStatus await(long version, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (status.version() <= version && left > 0 && !status.isOver()) {
                left = changed.awaitNanos(left);
            }
            return status;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is over, at most so long; whether it is. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(atMost);
        lock.lockInterruptibly();
        try {
            while (!status.isOver() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return status.isOver();
        } finally {
            lock.unlock();
        }
    }
}
