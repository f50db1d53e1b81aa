package dev.byway.cli.terminal;

import dev.byway.core.account.SourceBytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How far something is.
 *
 * @param label its name
 * @param done bytes that are there
 * @param total bytes of the whole, once known
 * @param bytesPerSecond at present
 * @param shares where the bytes came from; empty when that means nothing
 * @param neighbours links that hold or want it
 */
public record Progress(
        String label, long done, OptionalLong total, long bytesPerSecond, List<Share> shares, int neighbours) {
    private static final Duration ENDLESS = Duration.ofDays(99);

    public Progress {
        shares = List.copyOf(shares);
    }

    /** Of a download. */
    public static Progress ofDownload(
            String label,
            long done,
            OptionalLong total,
            long bytesPerSecond,
            long held,
            SourceBytes sources,
            int neighbours) {
        return new Progress(label, done, total, bytesPerSecond, Share.of(held, sources), neighbours);
    }

    /** Of reading a file of known length. */
    public static Progress ofReading(String label, long done, long total, long bytesPerSecond) {
        return new Progress(label, done, OptionalLong.of(total), bytesPerSecond, List.of(), 0);
    }

    /** 0 to 100; empty while the whole is not known. */
    public OptionalInt percent() {
        if (total.isEmpty()) {
            return OptionalInt.empty();
        }
        long whole = total.getAsLong();
        return OptionalInt.of(whole == 0 ? 100 : (int) Math.min(100, 100.0 * done / whole));
    }

    /** How long the rest takes at this rate; empty when that cannot be said. */
    public Optional<Duration> left() {
        if (total.isEmpty() || bytesPerSecond <= 0) {
            return Optional.empty();
        }
        Duration left = Duration.ofSeconds(Math.max(0, total.getAsLong() - done) / bytesPerSecond);
        return Optional.of(left).filter(time -> time.compareTo(ENDLESS) < 0);
    }
}
