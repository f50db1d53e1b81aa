package dev.byway.agent.fleet;

import dev.byway.agent.fleet.CoordinatorState.NotTried;
import dev.byway.agent.fleet.CoordinatorState.Reachable;
import dev.byway.agent.fleet.CoordinatorState.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Remembers whether the coordinator answers. After a failure calls fail at once for a while, so that a dead coordinator costs
 * a download one wait and not one for every question. The pause doubles up to a bound and is spread at random between half and
 * all of it, so that a fleet does not come back in step. Any thread.
 */
final class Availability {
    private final CallLimits limits;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private CoordinatorState state = new NotTried();
    private Duration pause;
    private long retryNanos = System.nanoTime();

    Availability(CallLimits limits, InstantSource clock, RandomGenerator random) {
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.pause = limits.firstPause();
    }

    CoordinatorState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** Why a call shall not even be tried now. */
    Optional<Unreachable> pausing() {
        lock.lock();
        try {
            return state instanceof Unreachable unreachable && System.nanoTime() - retryNanos < 0
                    ? Optional.of(unreachable)
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void answered() {
        lock.lock();
        try {
            if (!(state instanceof Reachable)) {
                state = new Reachable(clock.instant());
            }
            pause = limits.firstPause();
        } finally {
            lock.unlock();
        }
    }

    void failed(String why) {
        lock.lock();
        try {
            Instant since = state instanceof Unreachable before ? before.since() : clock.instant();
            state = new Unreachable(since, why);
            retryNanos = System.nanoTime() + spread(pause.toNanos());
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(limits.longestPause()) > 0 ? limits.longestPause() : doubled;
        } finally {
            lock.unlock();
        }
    }

    private long spread(long nanos) {
        return nanos / 2 + random.nextLong(nanos / 2 + 1);
    }
}
