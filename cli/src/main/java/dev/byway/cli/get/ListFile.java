package dev.byway.cli.get;

import dev.byway.cli.command.CommandException;
import dev.byway.core.content.SafeName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code -i LIST}: a URL a line, and optionally a name for the file behind it; empty lines and {@code #} are skipped. */
final class ListFile {
    /** Most URLs of one list. */
    static final int MAX_LINES = 100_000;

    /** Longest list, in characters. */
    static final int MAX_LENGTH = 16 << 20;

    private ListFile() {}

    /**
     * One line.
     *
     * @param name relative to the folder of destination
     */
    record Line(URI url, Optional<SafeName> name) {}

    /**
     * All lines.
     *
     * @throws CommandException naming the line that makes no sense
     */
    static List<Line> parse(String list, String text) {
        List<Line> lines = new ArrayList<>();
        List<String> all = text.lines().toList();
        if (all.size() > MAX_LINES) {
            throw CommandException.wrongUsage(list + " has more than " + MAX_LINES + " lines: split it");
        }
        for (int i = 0; i < all.size(); i++) {
            String line = all.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                lines.add(line(line));
            } catch (CommandException | IllegalArgumentException e) {
                throw CommandException.wrongUsage(list + " line " + (i + 1) + ": " + e.getMessage());
            }
        }
        if (lines.isEmpty()) {
            throw CommandException.wrongUsage(list + " names no URL: write one a line");
        }
        return lines;
    }

    private static Line line(String line) {
        String[] words = line.split("\\s+", 2);
        Optional<SafeName> name = words.length < 2 ? Optional.empty() : Optional.of(new SafeName(words[1].strip()));
        return new Line(UrlText.parse(words[0]), name);
    }
}
