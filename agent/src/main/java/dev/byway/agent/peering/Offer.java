package dev.byway.agent.peering;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;

/** What a peer opened on a link: kept also while we have no use for it, because we may have one later. */
final class Offer {
    private final ContentId content;
    private final int pieceLength;
    private final boolean wants;
    private PieceSet held;

    Offer(ContentId content, int pieceLength, boolean wants) {
        this.content = content;
        this.pieceLength = pieceLength;
        this.wants = wants;
        this.held = PieceSet.none(pieces());
    }

    ContentId content() {
        return content;
    }

    int pieceLength() {
        return pieceLength;
    }

    boolean wants() {
        return wants;
    }

    PieceSet held() {
        return held;
    }

    int pieces() {
        return new PieceLayout(content.length(), pieceLength).pieceCount();
    }

    void holds(PieceSet pieces) {
        held = pieces;
    }

    void has(int first, int count) {
        long end = Math.min(pieces(), (long) first + count);
        held.add(first, (int) end);
    }
}
