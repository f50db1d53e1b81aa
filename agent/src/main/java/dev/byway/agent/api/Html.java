package dev.byway.agent.api;

import dev.byway.core.unit.DataSize;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** HTML text in which whatever comes from outside is escaped. One thread. */
final class Html {
    private static final int SHOWN_ID = 16;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

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

    Html size(long bytes) {
        return raw("<td class=number>").text(readable(bytes)).raw("</td>");
    }

    /** An id in a cell: its start, and all of it for the pointer. */
    Html id(String id) {
        return raw("<td title='")
                .text(id)
                .raw("'>")
                .text(id.substring(0, Math.min(id.length(), SHOWN_ID)))
                .raw("</td>");
    }

    /** {@code 3.4 GB}, as the commands write it. */
    static String readable(long bytes) {
        return new DataSize(Math.max(0, bytes)).toString();
    }

    /** {@code 2026-11-26 02:22:16 UTC}. */
    static String readable(Instant moment) {
        return MOMENT.format(moment);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
