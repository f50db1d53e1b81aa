package dev.byway.cli.command;

import java.util.ArrayList;
import java.util.List;

/** Lines of words in columns, each as wide as its widest word. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a line. */
    public Table row(String... words) {
        rows.add(List.of(words));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Prints all lines. */
    public void print(Console console) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
            }
            console.out().println(line.toString().stripTrailing());
        }
    }
}
