package dev.byway.cli.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a length of time: {@code 30d}, {@code 12h}, {@code 45m}, {@code 90s}. */
public final class DurationText {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})\\s*([smhd])");

    private DurationText() {}

    /**
     * Reads the value of an option.
     *
     * @param option for the message
     * @throws CommandException when it is no length of time, or none at all
     */
    public static Duration parse(String option, String text) {
        Matcher match = TEXT.matcher(text.strip());
        if (!match.matches() || Long.parseLong(match.group(1)) == 0) {
            throw CommandException.wrongUsage(
                    option + " takes a length of time such as 30d, 12h or 45m, not '" + text + "'");
        }
        long number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
