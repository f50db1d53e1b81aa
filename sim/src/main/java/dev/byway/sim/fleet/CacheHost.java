package dev.byway.sim.fleet;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.ByteRange;
import dev.byway.sim.net.Pipe;

/** The cache host of a site: an HTTP server that fetches what it lacks from the origin, once, and passes it on meanwhile. */
final class CacheHost {
    final Pipe out;
    private final PieceLayout layout;
    private final PieceSet has;

    CacheHost(Pipe out, PieceLayout layout) {
        this.out = out;
        this.layout = layout;
        this.has = PieceSet.none(layout.pieceCount());
    }

    /** Whether it has all of a range. Whoever asks for a piece first makes it fetch that. */
    boolean ask(ByteRange range) {
        boolean all = true;
        for (int piece = layout.pieceAt(range.offset()); piece <= layout.pieceAt(range.end() - 1); piece++) {
            all &= !has.add(piece);
        }
        return all;
    }
}
