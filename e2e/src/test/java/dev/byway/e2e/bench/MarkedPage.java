package dev.byway.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page written by hand with places for what is measured: a place is what lies between the lines {@code <!-- NAME -->} and
 * {@code <!-- end of NAME -->}.
 *
 * @param file of the page
 */
record MarkedPage(Path file) {
    /** Puts lines into a place, in place of what is there. */
    void write(String place, List<String> lines) {
        try {
            Files.writeString(file, filled(Files.readString(file), place, lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page's text with the lines in that place. */
    static String filled(String text, String place, List<String> lines) {
        String begin = "<!-- " + place + " -->\n";
        String end = "<!-- end of " + place + " -->\n";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("the page has no place " + place + ": " + begin.strip());
        }
        return text.substring(0, from + begin.length()) + "\n" + String.join("\n", lines) + "\n\n" + text.substring(to);
    }
}
