package dev.byway.core.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hours of a day in which downloads take a smaller share of the link; in local time, and across midnight when
 * {@code from} is after {@code to}.
 *
 * @param from first hour, 0 to 23
 * @param to the hour at which they end, 0 to 23
 * @param percentInside share of the link within them, 0 to 100; 0 is dynamic
 * @param percentOutside share of the link at other hours, 0 to 100; 0 is dynamic
 */
public record BusinessHours(int from, int to, int percentInside, int percentOutside) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,2})-(\\d{1,2}) +(\\d{1,3})% +(\\d{1,3})%");

    public BusinessHours {
        if (from < 0 || from > 23 || to < 0 || to > 23) {
            throw new IllegalArgumentException("hours are 0 to 23");
        }
        if (percentInside < 0 || percentInside > 100 || percentOutside < 0 || percentOutside > 100) {
            throw new IllegalArgumentException("shares are 0 to 100 %");
        }
    }

    /**
     * Reads {@code 8-17 25% 80%}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static BusinessHours parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not hours and two shares");
        }
        return new BusinessHours(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(4)));
    }

    /** What {@link #parse} reads. */
    @Override
    public String toString() {
        return "%d-%d %d%% %d%%".formatted(from, to, percentInside, percentOutside);
    }
}
