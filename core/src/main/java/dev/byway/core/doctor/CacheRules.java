package dev.byway.core.doctor;

import dev.byway.core.store.CacheSize;
import dev.byway.core.unit.DataSize;
import dev.byway.core.unit.Rate;
import java.util.Optional;

/** What the volume of the cache says: the room on it, the right to use it, its speed. */
public final class CacheRules {
    private static final DataSize LEAST_ROOM = new DataSize(64L << 20);
    private static final Rate SLOW = new Rate(5_000_000);
    private static final String WROTE = "wrote up to 8 MiB in the folder of the cache and made them durable";

    private CacheRules() {}

    /**
     * The volume of the cache.
     *
     * @param folder of the cache
     * @param free bytes that may still be written
     * @param whole its size in bytes
     * @param trouble why the agent cannot write there, as the end of a sentence; empty when it can
     */
    public record Volume(String folder, long free, long whole, Optional<String> trouble) {}

    /** Whether what is fetched can be kept. */
    public static Result room(Volume volume) {
        return new Result(Check.CACHE, "looked at the volume of the cache and at who may write there", judge(volume));
    }

    private static Finding judge(Volume volume) {
        String seen =
                new DataSize(volume.free()) + " of " + new DataSize(volume.whole()) + " are free in " + volume.folder();
        if (isFull(volume)) {
            return new Finding.Fail(
                    "only " + seen + ": what is fetched cannot be kept, so it is not shared either",
                    "free space on that volume, or lower DOMaxCacheSize, or set cache.dir to another volume");
        }
        return volume.trouble()
                .<Finding>map(trouble -> new Finding.Fail(
                        volume.folder() + " " + trouble,
                        "let the agent's user write there, or set cache.dir to a folder where it can"))
                .orElseGet(() -> new Finding.Pass(seen));
    }

    /** Under 1 % of a volume, but never more than the cache leaves to others anyway ({@link CacheSize#RESERVE}). */
    static boolean isFull(Volume volume) {
        return volume.free() < Math.max(LEAST_ROOM.bytes(), Math.min(volume.whole() / 100, CacheSize.RESERVE));
    }

    /** Whether the disk is fast enough to share from. */
    public static Result speed(String folder, Rate rate) {
        String seen = new DataSize(rate.bytesPerSecond()) + " a second are written durably in " + folder;
        return new Result(
                Check.DISK_SPEED,
                WROTE,
                rate.compareTo(SLOW) < 0
                        ? new Finding.Warn(
                                "only " + seen + ", so downloads and uploads wait for the disk",
                                "set cache.dir to a faster disk, or look at what is wrong with this one")
                        : new Finding.Pass(seen));
    }

    /** The disk did not do it in time. */
    public static Result silent(String folder, long seconds) {
        return new Result(
                Check.DISK_SPEED,
                WROTE,
                new Finding.Warn(
                        "the disk of " + folder + " was not done after " + seconds + " s",
                        "look at what is wrong with this disk, or set cache.dir to another one"));
    }

    /** It was not tried. */
    public static Result untried(String because) {
        return new Result(Check.DISK_SPEED, "", new Finding.NotCollected(because));
    }
}
