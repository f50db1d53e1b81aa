package dev.byway.core.wire;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.ByteString;

/** A content as one side opened it. */
final class Channel {
    private final ContentId content;
    private final PieceLayout layout;
    private boolean fresh = true;

    Channel(Frame.Open open) {
        content = open.content();
        layout = new PieceLayout(content.length(), open.pieceLength());
    }

    ContentId content() {
        return content;
    }

    /** Whether this is the first frame after the open; the next one is not. */
    boolean useFirst() {
        boolean first = fresh;
        fresh = false;
        return first;
    }

    boolean hasPieces(int first, int count) {
        return first <= layout.pieceCount() - count;
    }

    /** Whether the range lies within the content and within one piece. */
    boolean hasRange(long offset, int length) {
        return offset <= layout.length() - length && layout.pieceAt(offset) == layout.pieceAt(offset + length - 1);
    }

    /** Whether {@code bits} has the length of this content's bitfield and no bit beyond the last piece. */
    boolean fits(ByteString bits) {
        int pieces = layout.pieceCount();
        int spare = 8 * bits.length() - pieces;
        return spare >= 0 && spare < 8 && (bits.at(bits.length() - 1) & ((1 << spare) - 1)) == 0;
    }
}
