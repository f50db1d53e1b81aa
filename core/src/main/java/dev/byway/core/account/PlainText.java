package dev.byway.core.account;

import java.util.regex.Pattern;

/** Words of a peer or a server, made fit for a terminal, a log and a page: cut, and rid of control characters. */
public final class PlainText {
    /** Longest text kept, in characters. */
    public static final int MAX = 400;

    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private PlainText() {}

    /** The text, cut and cleaned. */
    public static String of(String text) {
        String cut = text.length() <= MAX ? text : text.substring(0, MAX - 1) + "…";
        return UNFIT.matcher(cut).replaceAll(" ");
    }
}
