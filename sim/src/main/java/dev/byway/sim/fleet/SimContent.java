package dev.byway.sim.fleet;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.MerkleTree;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A content without bytes: a true tree over made-up block digests, so that proofs are real and nothing is stored. So that a
 * content of 200 GiB has room in memory, blocks repeat after {@link #MOST_BLOCKS}. Immutable.
 */
final class SimContent {
    private static final int MOST_BLOCKS = 1 << 18;

    private final PieceLayout layout;
    private final PieceLayer layer;
    private final List<List<Digest>> pieces;
    private final List<Digest> last;
    private final List<Digest> wrong;

    SimContent(long length, long seed) {
        this.layout = PieceLayout.of(length);
        int count = layout.pieceCount();
        int distinct = Math.clamp(MOST_BLOCKS / layout.blocksPerPiece(), 1, count);
        this.pieces = IntStream.range(0, distinct)
                .mapToObj(piece -> made(seed, piece, layout.blocksPerPiece()))
                .toList();
        this.last = made(seed, count - 1, layout.blocksIn(count - 1));
        this.wrong = made(~seed, 0, layout.blocksPerPiece());
        List<Digest> roots = pieces.stream()
                .map(leaves -> count == 1 ? leaves.getFirst() : PieceLayer.pieceRoot(layout, leaves))
                .toList();
        List<Digest> layerOf = new ArrayList<>(count);
        for (int piece = 0; piece < count - 1; piece++) {
            layerOf.add(roots.get(piece % distinct));
        }
        layerOf.add(PieceLayer.pieceRoot(layout, last));
        Digest root = count == 1
                ? layerOf.getFirst()
                : MerkleTree.root(layerOf, Integer.numberOfTrailingZeros(layout.blocksPerPiece()));
        this.layer =
                PieceLayer.prove(new ContentId(root, length), layout, layerOf).remembering();
    }

    private static List<Digest> made(long seed, int piece, int blocks) {
        List<Digest> digests = new ArrayList<>(blocks);
        for (long block = (long) piece * blocks; block < (piece + 1L) * blocks; block++) {
            ByteBuffer bytes = ByteBuffer.allocate(Digest.BYTES);
            for (int i = 0; i < 4; i++) {
                bytes.putLong((seed + i) * 0x9E3779B97F4A7C15L ^ (block + 1) * 0xBF58476D1CE4E5B9L);
            }
            digests.add(Digest.read(bytes.flip()));
        }
        return List.copyOf(digests);
    }

    PieceLayer layer() {
        return layer;
    }

    PieceLayout layout() {
        return layout;
    }

    /** The digests of some blocks of one piece. */
    List<Digest> leaves(int piece, int firstBlock, int endBlock) {
        List<Digest> all = piece == layout.pieceCount() - 1 ? last : pieces.get(piece % pieces.size());
        return all.subList(firstBlock, endBlock);
    }

    /** The digests of wrong bytes in their place. */
    List<Digest> wrongLeaves(int firstBlock, int endBlock) {
        return wrong.subList(firstBlock, endBlock);
    }
}
