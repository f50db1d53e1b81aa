package dev.byway.agent.device;

import dev.byway.agent.identity.IdentityException;
import dev.byway.core.policy.MonthlyUpload;
import dev.byway.core.unit.DataSize;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Counts what this device gives to Internet peers in a calendar month, and keeps the count. Any thread.
 *
 * <p>The record is ahead of what was sent by a 64th of the cap, 64 MiB at the most, and is written when that is used up, and when
 * the meter closes. So a device that is killed, or loses its power, has never sent more than it remembers; it may remember that
 * much more than it sent. A record that cannot be read counts as all that may be uploaded this month; one that cannot be written
 * is kept in memory. Both are logged, once.
 */
public final class UploadMeter implements AutoCloseable {
    private static final Logger LOG = System.getLogger(UploadMeter.class.getName());
    private static final long LEAST_AHEAD = 64 << 10;
    private static final long MOST_AHEAD = 64 << 20;

    private final UploadRecord record;
    private final Optional<DataSize> cap;
    private final InstantSource clock;
    private final Supplier<ZoneId> zone;
    private final ReentrantLock lock = new ReentrantLock();
    private MonthlyUpload given;
    private MonthlyUpload written;
    private boolean isLogged;
    private boolean isClosed;
    private boolean isReached;
    private volatile Runnable changed = () -> {};

    /**
     * Of the device whose state folder this is.
     *
     * @param cap the most that may be uploaded in a month; empty for no limit
     * @param zone the time zone, as it is when it is asked for
     */
    public UploadMeter(Path state, Optional<DataSize> cap, InstantSource clock, Supplier<ZoneId> zone) {
        this.record = new UploadRecord(state.resolve(UploadRecord.FILE));
        this.cap = cap;
        this.clock = clock;
        this.zone = zone;
        this.given = MonthlyUpload.none(clock.instant(), zone.get());
        this.written = given;
        begin();
        this.isReached = given.reaches(cap);
    }

    private void begin() {
        try {
            written = record.read().orElse(given);
            given = written;
        } catch (IdentityException e) {
            given = MonthlyUpload.unknown(cap, clock.instant(), zone.get());
            LOG.log(
                    Level.WARNING,
                    "{0}; what went to Internet peers this month is not known and counts as {1}: "
                            + "to begin at 0, stop the agent and delete that file",
                    e.getMessage(),
                    given.size());
            write(given);
        }
    }

    /** The most that may be uploaded in a month; empty for no limit. */
    public Optional<DataSize> cap() {
        return cap;
    }

    /** From now on this is called when the cap has been reached, and when it is not any more, by whoever finds that out. */
    public void whenChanged(Runnable action) {
        changed = action;
    }

    /** What this month's uploads are now. */
    public MonthlyUpload given() {
        return count(0);
    }

    /**
     * So many bytes go to an Internet peer now. Blocks for a write to the disk when the record has to be renewed.
     *
     * @return what this month's uploads are with them
     */
    public MonthlyUpload count(int bytes) {
        MonthlyUpload now;
        boolean isTurned;
        lock.lock();
        try {
            given = given.at(clock.instant(), zone.get()).plus(bytes);
            now = given;
            isTurned = isReached != now.reaches(cap);
            isReached = now.reaches(cap);
            if (!isClosed && (now.bytes() > written.bytes() || !isOfTheSameTime())) {
                write(bytes == 0 ? now : now.plus(ahead()));
            }
        } finally {
            lock.unlock();
        }
        if (isTurned) {
            changed.run();
        }
        return now;
    }

    private boolean isOfTheSameTime() {
        return written.month().equals(given.month()) && written.behind().equals(given.behind());
    }

    private long ahead() {
        return Math.clamp(cap.map(DataSize::bytes).orElse(Long.MAX_VALUE) / 64, LEAST_AHEAD, MOST_AHEAD);
    }

    private void write(MonthlyUpload now) {
        try {
            record.write(now);
            isLogged = false;
        } catch (IdentityException e) {
            if (!isLogged) {
                LOG.log(Level.WARNING, "this month''s uploads are counted in memory alone: {0}", e.getMessage());
            }
            isLogged = true;
        }
        written = now;
    }

    /** Keeps what was counted, to the byte. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!isClosed && !given.equals(written)) {
                write(given);
            }
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }
}
