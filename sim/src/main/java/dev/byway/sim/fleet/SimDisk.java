package dev.byway.sim.fleet;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import java.util.BitSet;

/** What is on the disk of one device: which blocks were written, which of them are wrong, which pieces are durable. */
final class SimDisk {
    private final PieceLayout layout;
    private final BitSet written = new BitSet();
    private final BitSet wrong = new BitSet();
    private PieceSet durable;

    SimDisk(PieceLayout layout, boolean full) {
        this.layout = layout;
        this.durable = full ? PieceSet.all(layout.pieceCount()) : PieceSet.none(layout.pieceCount());
    }

    void write(int first, int end, boolean isWrong) {
        written.set(first, end);
        wrong.set(first, end, isWrong);
    }

    /** Makes a piece durable; whether all that lies there is right. */
    boolean commit(int piece) {
        int first = (int) (layout.piece(piece).offset() / PieceLayout.BLOCK);
        int end = first + layout.blocksIn(piece);
        int wrongBlock = wrong.nextSetBit(first);
        boolean right = written.nextClearBit(first) >= end && (wrongBlock < 0 || wrongBlock >= end);
        written.clear(first, end);
        durable.add(piece);
        return right;
    }

    /** A piece turned out to be damaged. */
    void lose(int piece) {
        durable.remove(piece);
    }

    /** Somebody new, with an empty disk. */
    void wipe() {
        written.clear();
        wrong.clear();
        durable = PieceSet.none(layout.pieceCount());
    }

    /** What a crash leaves. */
    PieceSet durable() {
        return durable;
    }
}
