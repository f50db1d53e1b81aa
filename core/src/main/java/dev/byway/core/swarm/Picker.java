package dev.byway.core.swarm;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.ByteRange;
import java.util.Collection;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Which piece to ask of a peer: one that is begun before a new one, then the rarest among the neighbours, then in an order
 * of this device's own, so that neighbours come to hold different pieces.
 */
final class Picker {
    private final PieceLayout layout;
    private final Assembly assembly;
    private final DeviceId self;
    private final int[] holders;
    private final int[] near;
    private final PieceSet held;

    Picker(PieceLayout layout, Assembly assembly, DeviceId self) {
        this.layout = layout;
        this.assembly = assembly;
        this.self = self;
        this.holders = new int[layout.pieceCount()];
        this.near = new int[layout.pieceCount()];
        this.held = PieceSet.none(layout.pieceCount());
    }

    void found(SourceState peer, int piece) {
        count(peer, piece, 1);
    }

    void lost(SourceState peer, int piece) {
        count(peer, piece, -1);
    }

    private void count(SourceState peer, int piece, int more) {
        holders[piece] += more;
        near[piece] += peer.isNear() ? more : 0;
        if (holders[piece] > 0) {
            held.add(piece);
        } else {
            held.remove(piece);
        }
    }

    /** Whether some neighbour says that it holds a piece. */
    boolean isHeld(int piece) {
        return holders[piece] > 0;
    }

    /** The pieces that neighbours say they hold. */
    PieceSet held() {
        return held;
    }

    /** Whether some neighbour of the same site says that it holds a piece. */
    boolean isHeldNear(int piece) {
        return near[piece] > 0;
    }

    /** Whether some neighbour of another site says that it holds a piece. */
    boolean isHeldFar(int piece) {
        return holders[piece] > near[piece];
    }

    /** Whether neighbours say that they hold a piece, all of other sites. */
    boolean isHeldElsewhere(int piece) {
        return isHeld(piece) && !isHeldNear(piece);
    }

    /** A number that orders peers differently on each device. */
    long taste(SourceState peer) {
        return Rendezvous.score(self, peer.key, 0);
    }

    /** The next range to ask of {@code peer}, if it holds anything that is free and {@code allowed} to be asked of it. */
    Optional<ByteRange> pick(SourceState peer, Collection<Transfer> transfers, IntPredicate allowed) {
        PieceSet begun = assembly.begun();
        int best = -1;
        long bestScore = Long.MAX_VALUE;
        for (int piece = begun.nextShared(peer.holds, 0); piece >= 0; piece = begun.nextShared(peer.holds, piece + 1)) {
            if (assembly.hasFree(piece) && score(piece) < bestScore && mayTake(piece, allowed)) {
                best = piece;
                bestScore = score(piece);
            }
        }
        int piece = best < 0 ? assembly.nextFree(peer.holds, 0) : -1;
        for (; piece >= 0; piece = assembly.nextFree(peer.holds, piece + 1)) {
            long score = score(piece);
            if (score < bestScore && mayTake(piece, allowed)) {
                best = piece;
                bestScore = score;
            }
        }
        return best < 0 ? Optional.empty() : assembly.firstFree(best, PieceLayout.DEFAULT_PIECE, transfers);
    }

    /** What failed once with several sources comes from one alone. */
    private boolean mayTake(int piece, IntPredicate allowed) {
        boolean shared = assembly.isSuspect(piece) && assembly.free(piece) < layout.blocksIn(piece);
        return !shared && allowed.test(piece);
    }

    private long score(int piece) {
        long order = Rendezvous.score(self, 0, piece) >>> 24;
        return (long) Math.min(holders[piece], 1 << 20) << 40 | order;
    }
}
