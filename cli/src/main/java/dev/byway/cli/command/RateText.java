package dev.byway.cli.command;

import dev.byway.core.unit.Rate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a rate as curl writes it: {@code 500K}, {@code 1.5M}, {@code 2G}, or bytes a second; powers of 1024. */
public final class RateText {
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)\\s*([KMGT]?)(?:i?B)?(?:/s)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";

    private RateText() {}

    /**
     * Reads a rate.
     *
     * @param option what it was given to, for the message
     * @throws CommandException when it is no rate, or nothing at all
     */
    public static Rate parse(String option, String text) {
        Matcher match = TEXT.matcher(text.strip());
        if (!match.matches()) {
            throw wrong(option, text);
        }
        String unit = match.group(2).toUpperCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
        double rate = Double.parseDouble(match.group(1)) * Math.pow(1024, power);
        if (rate < 1 || rate > 1e15) {
            throw wrong(option, text);
        }
        return new Rate((long) rate);
    }

    private static CommandException wrong(String option, String text) {
        return CommandException.wrongUsage(
                option + " takes bytes a second, such as 500K, 1.5M or 2G, and not '" + text + "'");
    }
}
