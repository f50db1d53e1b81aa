package dev.byway.core.policy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a number with a unit: {@code 10}, {@code 1.5 GB}, {@code 100Mbit/s}, {@code 7d}. */
final class Quantity {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?) *([A-Za-z/]{0,8})");
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    /** Bytes in a unit of data; K, M, G and T are powers of 1024. */
    static final Map<String, Long> DATA = Map.ofEntries(
            Map.entry("b", 1L),
            Map.entry("k", 1L << 10),
            Map.entry("kb", 1L << 10),
            Map.entry("kib", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("mb", 1L << 20),
            Map.entry("mib", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("gb", 1L << 30),
            Map.entry("gib", 1L << 30),
            Map.entry("t", 1L << 40),
            Map.entry("tb", 1L << 40),
            Map.entry("tib", 1L << 40));

    /** Bytes a second in a unit of speed: bytes by powers of 1024, bits by powers of 1000, as networks count. */
    static final Map<String, Long> SPEED = Map.ofEntries(
            Map.entry("b/s", 1L),
            Map.entry("k", 1L << 10),
            Map.entry("kb/s", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("mb/s", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("gb/s", 1L << 30),
            Map.entry("kbit/s", 125L),
            Map.entry("mbit/s", 125_000L),
            Map.entry("gbit/s", 125_000_000L));

    /** Seconds in a unit of time. */
    static final Map<String, Long> TIME = Map.of("s", 1L, "m", 60L, "min", 60L, "h", 3600L, "d", 86_400L);

    private Quantity() {}

    /**
     * The number in the base of {@code units}, rounded down.
     *
     * @param bare what one means when no unit is written
     * @throws IllegalArgumentException when it is not a number with one of the units
     */
    static long read(String text, Map<String, Long> units, long bare) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a number with a unit");
        }
        String unit = parts.group(2).toLowerCase(Locale.ROOT);
        long factor = unit.isEmpty()
                ? bare
                : Optional.ofNullable(units.get(unit))
                        .orElseThrow(() -> new IllegalArgumentException("'" + unit + "' is not a unit here"));
        BigDecimal value = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(factor));
        return value.min(LARGEST).setScale(0, RoundingMode.DOWN).longValueExact();
    }

    /** {@code value}, when it lies in the range. */
    static long within(long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(value < least ? "too small" : "too large");
        }
        return value;
    }
}
