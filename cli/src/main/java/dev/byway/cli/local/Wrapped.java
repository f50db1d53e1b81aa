package dev.byway.cli.local;

import java.util.ArrayList;
import java.util.List;

/** Text in lines that fit a terminal. */
final class Wrapped {
    private Wrapped() {}

    /**
     * Breaks between words; a word that is longer than a line stands alone.
     *
     * @param first begins the first line
     * @param next begins all others
     * @param width of a line, in characters
     */
    static List<String> lines(String text, String first, String next, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.strip().split("\\s+", -1)) {
            if (!empty && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(next);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
