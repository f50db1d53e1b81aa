package dev.byway.agent.store;

import dev.byway.core.unit.Moment;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A virtual thread that makes waiting pieces durable in time, and sleeps without a timer while none wait. */
final class Committer implements AutoCloseable {
    private final ContentStore store;
    private final Supplier<Moment> clock;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("store-commit").unstarted(this::run);
    private volatile boolean closing;

    Committer(ContentStore store, Supplier<Moment> clock) {
        this.store = store;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /** Says that something may wait now. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    /** Ends the thread, after a flush in progress. */
    @Override
    public void close() {
        closing = true;
        work.release();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Optional<Moment> due = Optional.empty();
        try {
            while (!isClosedAfterSleeping(due)) {
                due = store.commitDue();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosedAfterSleeping(Optional<Moment> due) throws InterruptedException {
        if (due.isEmpty()) {
            work.acquire();
        } else {
            boolean _ = work.tryAcquire(due.get().since(clock.get()).toNanos(), TimeUnit.NANOSECONDS);
        }
        return closing;
    }
}
