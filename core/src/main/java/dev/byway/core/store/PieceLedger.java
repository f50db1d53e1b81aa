package dev.byway.core.store;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.Moment;
import java.util.Optional;
import java.util.PrimitiveIterator;

/**
 * What is known of the pieces of one content, through every order of writing, flushing, failing and losing power.
 *
 * <p>Four sets, and the two rules between them that make a power cut harmless:
 *
 * <ul>
 *   <li><b>held</b>: verified; may be served and delivered.
 *   <li><b>waiting</b>: held, and not yet handed to a flush.
 *   <li><b>durable</b>: held, its data flushed, and its bit flushed after the data. Survives a power cut.
 *   <li><b>claimed</b>: a bit for it <i>may</i> stand on the disk, also after a write of the map that failed half-way.
 * </ul>
 *
 * <ol>
 *   <li>A bit is written only after the data under it has been flushed: {@link #startFlush()}, flush the data, {@link
 *       #dataFlushed()}, write the map, {@link #mapWritten()}.
 *   <li>A claimed piece is never written to. Before a dropped piece is fetched again, its bit is taken from the disk, from
 *       every copy of the map: {@link #claimsToClear}, write all copies, {@link #claimsCleared()}.
 * </ol>
 *
 * <p>When a flush of data fails, the system may have thrown away what it could not write and will report success the next
 * time (the "fsync surprise" of PostgreSQL, 2018). So everything that is not durable is lost: {@link #dataLost()}.
 *
 * <p>One owner at a time; between {@link #startFlush()} and its outcome only {@link #commit} and the questions may be
 * called.
 */
public final class PieceLedger {
    private final PieceLayout layout;
    private final PieceSet held;
    private final PieceSet durable;
    private final PieceSet claimed;
    private final GroupCommit group = new GroupCommit();
    private PieceSet waiting;
    private PieceSet flushing;
    private long drops;

    /**
     * The ledger of a content as found on the disk.
     *
     * @param durable pieces whose bit stands in the newest whole map, and whose data is there
     * @param claimed pieces whose bit stands in any whole map; at least {@code durable}
     */
    public PieceLedger(PieceLayout layout, PieceSet durable, PieceSet claimed) {
        this.layout = layout;
        this.held = durable.copy();
        this.durable = durable.copy();
        this.claimed = claimed.copy();
        addAll(this.claimed, durable);
        this.waiting = PieceSet.none(layout.pieceCount());
        this.flushing = PieceSet.none(layout.pieceCount());
    }

    /** A copy of the verified pieces. */
    public PieceSet held() {
        return held.copy();
    }

    /** A copy of the pieces that survive a power cut. */
    public PieceSet durable() {
        return durable.copy();
    }

    public boolean holds(int piece) {
        return held.has(piece);
    }

    /** Whether every piece is held. */
    public boolean isComplete() {
        return held.isFull();
    }

    /** Whether every piece survives a power cut. */
    public boolean isDurable() {
        return durable.isFull();
    }

    /** Number of times that a held piece was given up; a reader compares it to know that its bytes were held throughout. */
    public long drops() {
        return drops;
    }

    /** Takes a piece that was just verified. A piece already held stays as it is. */
    public void commit(int piece, Moment now) {
        if (held.add(piece)) {
            waiting.add(piece);
            group.add(layout.piece(piece).length(), now);
        }
    }

    /** Whether the next piece must wait for the next flush. */
    public boolean isFull() {
        return group.isFull();
    }

    /** When the next flush is due; empty when nothing waits. */
    public Optional<Moment> dueAt() {
        return group.dueAt();
    }

    /** Begins a flush of all that waits; false when nothing does. */
    public boolean startFlush() {
        if (waiting.isEmpty()) {
            return false;
        }
        flushing = waiting;
        waiting = PieceSet.none(layout.pieceCount());
        group.clear();
        return true;
    }

    /** The data under the flush is safe; answers the bits to write. */
    public PieceSet dataFlushed() {
        addAll(claimed, flushing);
        PieceSet bits = durable.copy();
        addAll(bits, flushing);
        return bits;
    }

    /** The map is safe: what was flushed is durable. */
    public void mapWritten() {
        addAll(durable, flushing);
        flushing = PieceSet.none(layout.pieceCount());
    }

    /** The map could not be written: what was flushed waits again. */
    public void mapNotWritten(Moment now) {
        for (PrimitiveIterator.OfInt i = flushing.pieces(); i.hasNext(); ) {
            int piece = i.nextInt();
            waiting.add(piece);
            group.putBack(layout.piece(piece).length(), now);
        }
        flushing = PieceSet.none(layout.pieceCount());
    }

    /** The data could not be flushed: everything that is not durable is given up. */
    public void dataLost() {
        for (PrimitiveIterator.OfInt i = held().pieces(); i.hasNext(); ) {
            int piece = i.nextInt();
            if (!durable.has(piece)) {
                held.remove(piece);
            }
        }
        waiting = PieceSet.none(layout.pieceCount());
        flushing = PieceSet.none(layout.pieceCount());
        group.clear();
        drops++;
    }

    /** Gives up a piece whose bytes turned out to be wrong; whether it was held. */
    public boolean drop(int piece) {
        if (!held.remove(piece)) {
            return false;
        }
        durable.remove(piece);
        waiting.remove(piece);
        flushing.remove(piece);
        drops++;
        return true;
    }

    /** Whether bytes may be written into {@code piece}: it is neither held nor claimed. */
    public boolean isWritable(int piece) {
        return !held.has(piece) && !claimed.has(piece);
    }

    /** The bits to write to every copy of the map before {@code piece} may be written; empty when that is not needed. */
    public Optional<PieceSet> claimsToClear(int piece) {
        return claimed.has(piece) && !held.has(piece) ? Optional.of(durable.copy()) : Optional.empty();
    }

    /** Every copy of the map now holds the durable pieces and no other. */
    public void claimsCleared() {
        for (PrimitiveIterator.OfInt i = claimed.copy().pieces(); i.hasNext(); ) {
            int piece = i.nextInt();
            if (!durable.has(piece)) {
                claimed.remove(piece);
            }
        }
    }

    private static void addAll(PieceSet to, PieceSet from) {
        from.pieces().forEachRemaining((int piece) -> to.add(piece));
    }
}
