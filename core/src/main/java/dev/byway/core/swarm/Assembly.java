package dev.byway.core.swarm;

import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.ByteRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of one download: which are proved, which blocks of the others have arrived and from whom, and which are under
 * way.
 *
 * <p>A block is <em>free</em> when it has neither arrived nor is covered by a transfer; only free blocks are ever asked
 * for, so no two transfers write the same bytes. Arrived blocks are known by their digests; a piece is proved by the
 * digests of all its blocks, whoever brought them. Which pieces have free blocks is kept as a set, because it is asked for
 * every peer after every block. Memory: three numbers a piece, and the digests of unfinished pieces.
 */
final class Assembly {
    private static final int BLOCK = PieceLayout.BLOCK;

    private final PieceLayer layer;
    private final PieceLayout layout;
    private final PieceSet proved;
    private final PieceSet withFree;
    private final PieceSet begun;
    private final int[] covered;
    private final @Nullable Partial[] partials;
    private final Map<Integer, List<Partial>> suspects = new HashMap<>();

    /** The blocks of one unfinished piece that have arrived. */
    private static final class Partial {
        final Digest[] leaves;
        final SourceState[] from;
        int arrived;

        Partial(int blocks) {
            leaves = new Digest[blocks];
            from = new SourceState[blocks];
        }

        boolean isMissing(int block) {
            return from[block] == null;
        }

        void put(int block, Digest leaf, SourceState source) {
            arrived += isMissing(block) ? 1 : 0;
            leaves[block] = leaf;
            from[block] = source;
        }

        boolean isFull() {
            return arrived == leaves.length;
        }
    }

    /** What a full piece turned out to be. */
    sealed interface Verdict {
        /** True, and these sources lied about it before. */
        record Proved(Map<SourceState, Long> bytes, List<SourceState> liars) implements Verdict {}

        /** False; {@code culprit} is known when only one source took part. */
        record Failed(Map<SourceState, Long> bytes, Optional<SourceState> culprit) implements Verdict {}
    }

    Assembly(PieceLayer layer, PieceSet proved) {
        this.layer = layer;
        this.layout = layer.layout();
        this.proved = proved.copy();
        this.covered = new int[layout.pieceCount()];
        this.partials = new Partial[layout.pieceCount()];
        this.withFree = PieceSet.none(layout.pieceCount());
        this.begun = PieceSet.none(layout.pieceCount());
        for (int piece = proved.nextMissing(0); piece < layout.pieceCount(); piece = proved.nextMissing(piece + 1)) {
            withFree.add(piece);
        }
    }

    PieceSet proved() {
        return proved;
    }

    PieceLayout layout() {
        return layout;
    }

    boolean has(int piece) {
        return proved.has(piece);
    }

    /** Whether one of {@code pieces} that is {@code meant} is not proved here. */
    boolean lacksAnyOf(PieceSet pieces, IntPredicate meant) {
        for (int piece = pieces.nextBeyond(proved, 0); piece >= 0; piece = pieces.nextBeyond(proved, piece + 1)) {
            if (meant.test(piece)) {
                return true;
            }
        }
        return false;
    }

    /** Blocks of a piece that may be asked for; 0 for a proved piece. */
    int free(int piece) {
        return proved.has(piece) ? 0 : layout.blocksIn(piece) - covered[piece] - arrived(piece);
    }

    /** Whether a piece has free blocks. */
    boolean hasFree(int piece) {
        return withFree.has(piece);
    }

    /** The first piece at or after {@code from} with free blocks that is one of {@code pieces}, or -1. */
    int nextFree(PieceSet pieces, int from) {
        return withFree.nextShared(pieces, from);
    }

    private void look(int piece) {
        if (free(piece) > 0) {
            withFree.add(piece);
        } else {
            withFree.remove(piece);
        }
    }

    /** Blocks of a piece that have arrived. */
    int arrived(int piece) {
        Partial partial = partials[piece];
        return partial == null ? 0 : partial.arrived;
    }

    /** The pieces of which some blocks have arrived, and not all. */
    PieceSet begun() {
        return begun;
    }

    /** Whether a piece failed once with several sources, so that it should now come from one alone. */
    boolean isSuspect(int piece) {
        return suspects.containsKey(piece);
    }

    /** The first run of free blocks in a piece, at most {@code most} bytes; empty when none is free. */
    Optional<ByteRange> firstFree(int piece, int most, Collection<Transfer> transfers) {
        if (free(piece) == 0) {
            return Optional.empty();
        }
        ByteRange whole = layout.piece(piece);
        List<Transfer> near = new ArrayList<>();
        for (Transfer transfer : transfers) {
            if (transfer.position() < whole.end() && transfer.end() > whole.offset()) {
                near.add(transfer);
            }
        }
        Partial partial = partials[piece];
        if (partial == null && near.isEmpty()) {
            return Optional.of(new ByteRange(whole.offset(), Math.min(most, whole.length())));
        }
        long start = -1;
        long at = whole.offset();
        for (; at < whole.end(); at += BLOCK) {
            if (isFree(partial, (int) ((at - whole.offset()) / BLOCK), at, near)) {
                start = start < 0 ? at : start;
                if (at + BLOCK - start >= most) {
                    at += BLOCK;
                    break;
                }
            } else if (start >= 0) {
                break;
            }
        }
        return Optional.of(ByteRange.between(start, Math.min(at, whole.end())));
    }

    private static boolean isFree(@Nullable Partial partial, int block, long offset, List<Transfer> near) {
        if (partial != null && !partial.isMissing(block)) {
            return false;
        }
        for (Transfer transfer : near) {
            if (transfer.covers(offset)) {
                return false;
            }
        }
        return true;
    }

    /** The run of whole free pieces from {@code piece} on. */
    ByteRange freeRun(int piece) {
        int end = piece;
        while (end < layout.pieceCount() && free(end) == layout.blocksIn(end)) {
            end++;
        }
        long start = layout.piece(piece).offset();
        return end == piece
                ? new ByteRange(start, 0)
                : ByteRange.between(start, layout.piece(end - 1).end());
    }

    void cover(ByteRange range) {
        count(range, 1);
    }

    void uncover(ByteRange range) {
        count(range, -1);
    }

    private void count(ByteRange range, int sign) {
        long at = range.offset();
        while (at < range.end()) {
            int piece = layout.pieceAt(at);
            long stop = Math.min(range.end(), layout.piece(piece).end());
            covered[piece] += sign * (int) ((stop - at + BLOCK - 1) / BLOCK);
            look(piece);
            at = stop;
        }
    }

    /** Records neighbouring blocks of one piece that have arrived; whether the piece is now full. */
    boolean arrive(SourceState source, long offset, List<Digest> leaves) {
        int piece = layout.pieceAt(offset);
        if (proved.has(piece)) {
            return false;
        }
        Partial partial = partials[piece];
        if (partial == null) {
            partial = new Partial(layout.blocksIn(piece));
            partials[piece] = partial;
            begun.add(piece);
        }
        int block = (int) ((offset - layout.piece(piece).offset()) / BLOCK);
        for (Digest leaf : leaves) {
            partial.put(block++, leaf, source);
        }
        look(piece);
        return partial.isFull();
    }

    /** Judges a full piece; afterwards it is proved, or all its blocks are free again. */
    Verdict judge(int piece) {
        Partial partial = partials[piece];
        if (partial == null || !partial.isFull()) {
            throw new IllegalStateException("piece " + piece + " is not full");
        }
        partials[piece] = null;
        begun.remove(piece);
        Map<SourceState, Long> bytes = bytesBySource(piece, partial);
        if (layer.proves(piece, Arrays.asList(partial.leaves))) {
            proved.add(piece);
            look(piece);
            return new Verdict.Proved(bytes, liars(suspects.remove(piece), partial));
        }
        look(piece);
        if (bytes.size() == 1) {
            return new Verdict.Failed(bytes, bytes.keySet().stream().findFirst());
        }
        suspects.computeIfAbsent(piece, p -> new ArrayList<>()).add(partial);
        return new Verdict.Failed(bytes, Optional.empty());
    }

    private Map<SourceState, Long> bytesBySource(int piece, Partial partial) {
        Map<SourceState, Long> bytes = new LinkedHashMap<>();
        long left = layout.piece(piece).length();
        SourceState[] from = partial.from;
        for (int first = 0, end; first < from.length; first = end) {
            end = first + 1;
            while (end < from.length && from[end] == from[first]) {
                end++;
            }
            long run = Math.min((long) (end - first) * BLOCK, left);
            bytes.merge(from[first], run, Long::sum);
            left -= run;
        }
        return bytes;
    }

    private static List<SourceState> liars(@Nullable List<Partial> failed, Partial truth) {
        List<SourceState> liars = new ArrayList<>();
        for (Partial attempt : failed == null ? List.<Partial>of() : failed) {
            for (int block = 0; block < truth.leaves.length; block++) {
                SourceState source = attempt.from[block];
                if (!attempt.leaves[block].equals(truth.leaves[block]) && !liars.contains(source)) {
                    liars.add(source);
                }
            }
        }
        return liars;
    }

    /** A proved piece is not there any more. */
    void lose(int piece) {
        proved.remove(piece);
        look(piece);
    }
}
