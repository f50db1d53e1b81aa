package dev.byway.agent.api;

import java.util.Locale;

/** HTML text in which whatever comes from outside is escaped. One thread. */
final class Html {
    private final StringBuilder text = new StringBuilder();

    /** Markup of our own, as it is. */
    Html raw(String markup) {
        text.append(markup);
        return this;
    }

    /** Any text, escaped for element content and quoted attributes. */
    Html text(String any) {
        for (int i = 0; i < any.length(); i++) {
            char c = any.charAt(i);
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&#39;");
                default -> text.append(c);
            }
        }
        return this;
    }

    Html cell(String any) {
        return raw("<td>").text(any).raw("</td>");
    }

    Html number(long number) {
        return raw("<td class=number>").text(Long.toString(number)).raw("</td>");
    }

    /** A number of bytes in the largest decimal unit that leaves at least 1. */
    Html size(long bytes) {
        return raw("<td class=number>").text(readable(bytes)).raw("</td>");
    }

    static String readable(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
