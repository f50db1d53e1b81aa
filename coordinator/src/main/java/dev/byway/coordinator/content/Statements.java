package dev.byway.coordinator.content;

import dev.byway.coordinator.store.Rows;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestSet;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.Published;
import dev.byway.core.content.Visibility;
import dev.byway.core.unit.ByteString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Envelopes in the database, and what they say: a row for each file they speak of, and for each URL the newest envelope that
 * names it. An envelope that no URL leads to any more has been replaced and is deleted.
 */
final class Statements {
    private static final String COLUMNS = "s.content, s.envelope, s.piece_length, s.groups";

    private Statements() {}

    /** What one envelope says of one file. */
    record Entry(ContentId content, String envelope, PieceLayout layout, Visibility visibility) {
        private static Entry read(Rows.Row row) {
            ContentId content = ContentId.parse(row.text(1));
            return new Entry(
                    content,
                    row.text(2),
                    new PieceLayout(content.length(), (int) row.number(3)),
                    allowed(row.optionalText(4)));
        }
    }

    static Instant issued(Published published) {
        return switch (published) {
            case Manifest manifest -> manifest.issued();
            case ManifestSet set -> set.issued();
        };
    }

    private static Visibility visibility(Published published) {
        return switch (published) {
            case Manifest manifest -> manifest.visibility();
            case ManifestSet set -> set.visibility();
        };
    }

    /** The names one a line: no name holds a control character. */
    private static Optional<String> groups(Visibility visibility) {
        return switch (visibility) {
            case Visibility.Public() -> Optional.empty();
            case Visibility.Groups(List<String> names) ->
                Optional.of(names.stream().collect(Collectors.joining("\n")));
        };
    }

    private static Visibility allowed(Optional<String> groups) {
        return groups.<Visibility>map(text -> new Visibility.Groups(text.lines().toList()))
                .orElseGet(Visibility.Public::new);
    }

    static void store(Rows rows, String id, ByteString bytes, Published published, List<PublishedFile> files) {
        long issued = issued(published).toEpochMilli();
        Optional<String> groups = groups(visibility(published));
        rows.change("INSERT OR REPLACE INTO envelope VALUES (?, ?, ?)", id, bytes, issued);
        for (PublishedFile file : files) {
            rows.change(
                    "INSERT OR REPLACE INTO statement VALUES (?, ?, ?, ?, ?)",
                    file.content(),
                    id,
                    file.layout().pieceLength(),
                    groups,
                    issued);
            for (String location : file.locations()) {
                replace(rows, location, file.content(), id, issued);
            }
        }
    }

    private static void replace(Rows rows, String location, ContentId content, String envelope, long issued) {
        Optional<String> before = rows.one("SELECT envelope FROM location WHERE url = ?", row -> row.text(1), location);
        rows.change("INSERT OR REPLACE INTO location VALUES (?, ?, ?, ?)", location, content, envelope, issued);
        before.filter(old -> !old.equals(envelope)).ifPresent(old -> deleteIfReplaced(rows, old));
    }

    private static void deleteIfReplaced(Rows rows, String envelope) {
        if (rows.one("SELECT 1 FROM location WHERE envelope = ? LIMIT 1", row -> row, envelope)
                .isEmpty()) {
            rows.change("DELETE FROM statement WHERE envelope = ?", envelope);
            rows.change("DELETE FROM envelope WHERE id = ?", envelope);
        }
    }

    /** What the newest envelope for that location says of the file there. */
    static Optional<Entry> at(Rows rows, String location) {
        return rows.one(
                "SELECT " + COLUMNS + " FROM location l JOIN statement s"
                        + " ON s.content = l.content AND s.envelope = l.envelope WHERE l.url = ?",
                Entry::read,
                location);
    }

    /** What envelopes say of a content, newest first. */
    static List<Entry> about(Rows rows, ContentId content) {
        return rows.all(
                "SELECT " + COLUMNS + " FROM statement s WHERE s.content = ? ORDER BY s.issued DESC",
                Entry::read,
                content);
    }

    static Optional<ByteString> envelope(Rows rows, String id) {
        return rows.one("SELECT bytes FROM envelope WHERE id = ?", row -> row.bytes(1), id);
    }

    static Standing standing(Rows rows, ContentId content) {
        if (rows.one("SELECT 1 FROM withdrawn WHERE content = ?", row -> row, content)
                .isPresent()) {
            return new Standing.Withdrawn();
        }
        List<Visibility> visibilities =
                about(rows, content).stream().map(Entry::visibility).toList();
        return visibilities.isEmpty() ? new Standing.Unknown() : new Standing.Known(visibilities);
    }
}
