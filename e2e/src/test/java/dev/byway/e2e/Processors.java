package dev.byway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * How busy this machine's processors were, from Linux' {@code /proc/stat} (proc(5)). A run in which they were over 85 % busy
 * says more about the machine than about the network, and is marked so.
 *
 * @param busy ticks spent on work since the machine started
 * @param all ticks since the machine started
 */
public record Processors(long busy, long all) {
    private static final double BOUND = 0.85;
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;

    /** Up to now. */
    public static Processors now() {
        try {
            String first = Files.readAllLines(Path.of("/proc/stat")).getFirst();
            long[] ticks = Arrays.stream(first.split(" +"))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            long all = Arrays.stream(ticks).sum();
            return new Processors(all - ticks[IDLE] - ticks[IO_WAIT], all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether they were too busy since {@code earlier} for a result to say anything of the network. */
    public boolean boundSince(Processors earlier) {
        return share(earlier) > BOUND;
    }

    /** {@code CPU 40 % busy}, with the mark where it applies. */
    public String since(Processors earlier) {
        return String.format(
                Locale.ROOT, "CPU %.0f %% busy%s", 100 * share(earlier), boundSince(earlier) ? ": CPU-bound" : "");
    }

    /** Which part of them was busy since {@code earlier}, 0 to 1. */
    public double share(Processors earlier) {
        return (double) (busy - earlier.busy) / Math.max(1, all - earlier.all);
    }
}
