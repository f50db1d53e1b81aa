package dev.byway.agent.store;

import dev.byway.core.unit.Moment;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the store takes from outside.
 *
 * @param clock measures how long verified data waits for its flush
 * @param calendar dates the contents
 * @param maxOpenFiles data files kept open at once, at least 1
 * @param background whether the store makes data durable by itself, on a thread of its own; else whoever opened it calls
 *     {@link ContentStore#commitDue()}
 */
public record StoreOptions(Supplier<Moment> clock, InstantSource calendar, int maxOpenFiles, boolean background) {
    /** Data files kept open unless told otherwise. */
    public static final int DEFAULT_OPEN_FILES = 64;

    public StoreOptions {
        if (maxOpenFiles < 1) {
            throw new IllegalArgumentException("a store needs at least one open file, not " + maxOpenFiles);
        }
    }

    /** The system's clocks, 64 open files, flushing by itself. */
    public static StoreOptions standard() {
        return new StoreOptions(() -> new Moment(System.nanoTime()), InstantSource.system(), DEFAULT_OPEN_FILES, true);
    }
}
