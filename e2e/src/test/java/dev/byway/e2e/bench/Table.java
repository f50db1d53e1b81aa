package dev.byway.e2e.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table of text, its columns as wide as they need. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    Table(String... headers) {
        columns = headers.length;
        rows.add(List.of(headers));
    }

    /** Adds a row with a cell for each column. */
    void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
        }
        rows.add(List.of(cells));
    }

    /** The lines of it in Markdown, which are aligned for the eye as well. */
    List<String> markdown() {
        int[] widths = IntStream.range(0, columns)
                .map(i -> rows.stream()
                        .mapToInt(row -> escaped(row.get(i)).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths));
        }
        lines.add(1, "|" + "---|".repeat(columns));
        return lines;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String cell = escaped(row.get(i));
            line.append(' ').append(cell).repeat(' ', widths[i] - cell.length()).append(" |");
        }
        return line.toString();
    }

    private static String escaped(String cell) {
        return cell.replace("|", "\\|").replace('\n', ' ');
    }
}
