package dev.byway.core.unit;

import java.util.List;
import java.util.Locale;

/**
 * An amount of data. KB, MB, GB and TB are powers of 1024 wherever Byway reads or prints them, as in Delivery
 * Optimization; KiB, MiB, GiB and TiB are read as the same.
 *
 * @param bytes at least 0
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
    public static final DataSize ZERO = new DataSize(0);

    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB", "EB");

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("an amount of data cannot be negative: " + bytes);
        }
    }

    /** {@code count} times 2^20 bytes. */
    public static DataSize ofMegabytes(long count) {
        return new DataSize(Math.multiplyExact(count, 1L << 20));
    }

    /** {@code count} times 2^30 bytes. */
    public static DataSize ofGigabytes(long count) {
        return new DataSize(Math.multiplyExact(count, 1L << 30));
    }

    /** The amount as a whole number of the largest unit that divides it: {@code 1536 KB}. Loses nothing. */
    public String exact() {
        int unit = bytes == 0 ? 0 : Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.size() - 1);
        return (bytes >> (10 * unit)) + " " + UNITS.get(unit);
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** For people, rounded to one decimal: {@code 3.7 GB}. */
    @Override
    public String toString() {
        int unit = bytes == 0 ? 0 : (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double value = bytes / Math.pow(1024, unit);
        String digits = String.format(Locale.ROOT, "%.1f", value);
        return (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits) + " " + UNITS.get(unit);
    }
}
