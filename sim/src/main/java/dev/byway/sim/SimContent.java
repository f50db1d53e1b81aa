package dev.byway.sim;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.MerkleTree;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A content without bytes: a true tree over made-up block digests, so that proofs are real and nothing is stored. */
final class SimContent {
    private final PieceLayout layout;
    private final PieceLayer layer;
    private final long seed;

    SimContent(long length, long seed) {
        this.layout = PieceLayout.of(length);
        this.seed = seed;
        List<Digest> pieces = new ArrayList<>();
        for (int piece = 0; piece < layout.pieceCount(); piece++) {
            List<Digest> leaves = new ArrayList<>();
            for (int block = 0; block < layout.blocksIn(piece); block++) {
                leaves.add(leaf(layout.piece(piece).offset() / PieceLayout.BLOCK + block));
            }
            pieces.add(PieceLayer.pieceRoot(layout, leaves));
        }
        Digest root = pieces.size() == 1
                ? pieces.get(0)
                : MerkleTree.root(pieces, Integer.numberOfTrailingZeros(layout.blocksPerPiece()));
        this.layer = PieceLayer.prove(new ContentId(root, length), layout, pieces);
    }

    PieceLayer layer() {
        return layer;
    }

    PieceLayout layout() {
        return layout;
    }

    /** The digest of the true block. */
    Digest leaf(long block) {
        return made(seed, block);
    }

    /** The digest of wrong bytes in its place. */
    Digest wrongLeaf(long block) {
        return made(~seed, block);
    }

    private static Digest made(long seed, long block) {
        ByteBuffer bytes = ByteBuffer.allocate(Digest.BYTES);
        for (int i = 0; i < 4; i++) {
            bytes.putLong((seed + i) * 0x9E3779B97F4A7C15L ^ (block + 1) * 0xBF58476D1CE4E5B9L);
        }
        return Digest.read(bytes.flip());
    }
}
