package dev.byway.cli.terminal;

import dev.byway.core.unit.DataSize;
import java.time.Duration;
import java.util.Locale;

/** Amounts in words for people. */
public final class Words {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Words() {}

    /** {@code 3.4 GB}; powers of 1024. */
    public static String size(long bytes) {
        return new DataSize(Math.max(0, bytes)).toString();
    }

    /** {@code 12.5 MB/s}. */
    public static String rate(long bytesPerSecond) {
        return size(bytesPerSecond) + "/s";
    }

    /** {@code 0.4 s}, {@code 41 s}, {@code 2 min}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
    public static String time(Duration time) {
        long seconds = Math.max(0, time.plusMillis(500).toSeconds());
        if (time.toMillis() < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, time.toMillis()) / 1000.0);
        }
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return two(seconds / MINUTE, "min", seconds % MINUTE, "s");
        }
        return seconds < DAY
                ? two(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min")
                : two(seconds / DAY, "d", seconds % DAY / HOUR, "h");
    }

    private static String two(long number, String unit, long rest, String smaller) {
        return number + " " + unit + (rest == 0 ? "" : " " + rest + " " + smaller);
    }

    /** As a clock shows it, of one width most of the time: {@code 0:08}, {@code 12:40}, {@code 1:02:03}; {@code 3 d 4 h}. */
    public static String clock(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds >= DAY) {
            return time(time);
        }
        return seconds < HOUR
                ? String.format(Locale.ROOT, "%d:%02d", seconds / MINUTE, seconds % MINUTE)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    }

    /** {@code 1 neighbour}, {@code 4 neighbours}. */
    public static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** {@code text} in at most {@code columns} characters, cut in the middle. */
    public static String fit(String text, int columns) {
        if (text.length() <= columns) {
            return text;
        }
        int head = (columns - 1) / 2;
        return text.substring(0, head) + "…" + text.substring(text.length() - (columns - 1 - head));
    }
}
