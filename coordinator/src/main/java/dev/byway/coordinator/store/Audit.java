package dev.byway.coordinator.store;

import java.time.Instant;
import java.util.List;

/** Who did what to whom: every change of tokens, devices, publishers and contents leaves a line, in its own transaction. */
public final class Audit {
    /**
     * One line.
     *
     * @param at when
     * @param actor {@code admin}, {@code device ID} or {@code token ID}
     * @param action what
     * @param subject to what
     */
    public record Line(Instant at, String actor, String action, String subject) {}

    private Audit() {}

    /** Adds a line. */
    public static void add(Rows rows, Instant at, String actor, String action, String subject) {
        rows.change("INSERT INTO audit VALUES (?, ?, ?, ?)", at.toEpochMilli(), actor, action, subject);
    }

    /** The newest lines, newest first. */
    public static List<Line> newest(Rows rows, int max) {
        return rows.all(
                "SELECT at, actor, action, subject FROM audit ORDER BY rowid DESC LIMIT ?",
                row -> new Line(Instant.ofEpochMilli(row.number(1)), row.text(2), row.text(3), row.text(4)),
                max);
    }
}
