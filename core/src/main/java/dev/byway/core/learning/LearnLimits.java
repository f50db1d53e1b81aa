package dev.byway.core.learning;

import java.time.Duration;

/**
 * How much a coordinator fetches for itself.
 *
 * @param longestFile bytes of the longest file that it fetches
 * @param bytesADay bytes in a day; so many at once at first
 * @param waiting files that it fetches or is about to
 * @param waitingOfOne of them asked for by one asker
 * @param filesADay of one asker in a day; so many at once at first
 * @param pause after a failure, before the same file is tried again
 * @param fresh how long it is believed that a file is unchanged
 * @param doubted the same, when somebody says that it is not
 */
public record LearnLimits(
        long longestFile,
        long bytesADay,
        int waiting,
        int waitingOfOne,
        int filesADay,
        Duration pause,
        Duration fresh,
        Duration doubted) {
    /** 20 GB a file, 200 GB a day, 100 files at once, 10 of them for one device, 100 files a day and device, 10 minutes, 1 minute, 5 seconds. */
    public static final LearnLimits DEFAULT = new LearnLimits(
            20_000_000_000L,
            200_000_000_000L,
            100,
            10,
            100,
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));

    /** The same with other numbers of bytes; no file is longer than what a day has. */
    public LearnLimits withBytes(long ofAFile, long ofADay) {
        return new LearnLimits(
                Math.min(ofAFile, ofADay), ofADay, waiting, waitingOfOne, filesADay, pause, fresh, doubted);
    }

    public LearnLimits {
        if (longestFile < 1 || bytesADay < longestFile || waiting < 1 || waitingOfOne < 1 || filesADay < 1) {
            throw new IllegalArgumentException(
                    "a coordinator that learns takes at least one file, and a day has room for the longest one");
        }
    }
}
