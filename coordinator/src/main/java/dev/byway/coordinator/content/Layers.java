package dev.byway.coordinator.content;

import dev.byway.coordinator.failure.RefusedException;
import dev.byway.coordinator.store.Rows;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.unit.ByteString;
import java.util.Optional;

/** Piece layers in the database; that of content with one piece follows from its id and is not kept. */
final class Layers {
    private Layers() {}

    /** The layout that a caller names. */
    static PieceLayout layout(ContentId content, int pieceLength) {
        try {
            return new PieceLayout(content.length(), pieceLength);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    static boolean has(Rows rows, ContentId content, PieceLayout layout) {
        return PieceLayer.ofOnePiece(content, layout).isPresent()
                || rows.one(
                                "SELECT 1 FROM layer WHERE content = ? AND piece_length = ?",
                                row -> row,
                                content,
                                layout.pieceLength())
                        .isPresent();
    }

    static Optional<ByteString> load(Rows rows, ContentId content, PieceLayout layout) {
        return PieceLayer.ofOnePiece(content, layout)
                .map(PieceLayer::toBytes)
                .or(() -> rows.one(
                        "SELECT bytes FROM layer WHERE content = ? AND piece_length = ?",
                        row -> row.bytes(1),
                        content,
                        layout.pieceLength()));
    }

    static int store(Rows rows, ContentId content, PieceLayout layout, ByteString layer) {
        return rows.change("INSERT OR REPLACE INTO layer VALUES (?, ?, ?)", content, layout.pieceLength(), layer);
    }
}
