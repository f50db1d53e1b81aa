package dev.byway.agent.link;

import dev.byway.core.swarm.UploadBudget;
import dev.byway.core.unit.Moment;
import dev.byway.core.unit.Rate;
import java.util.concurrent.locks.ReentrantLock;

/** One budget, from which the writers of all links reserve. */
final class SharedThrottle implements Throttle {
    private final ReentrantLock lock = new ReentrantLock();
    private final UploadBudget budget;

    SharedThrottle(Rate rate) {
        budget = new UploadBudget(rate, Outbox.CHUNK, now());
    }

    @Override
    public long acquire(int bytes) {
        lock.lock();
        try {
            return budget.reserve(bytes, now());
        } finally {
            lock.unlock();
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }
}
