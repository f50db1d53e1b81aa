package dev.byway.agent.store;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.MerkleTree;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.ByteRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A content made for a test, with its true bytes. */
record Sample(ContentId id, PieceLayout layout, PieceLayer layer, ByteBuffer bytes) {
    /** Random content of {@code length} bytes in pieces of {@code pieceLength}. */
    static Sample of(long seed, int length, int pieceLength) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return of(bytes, pieceLength);
    }

    /** A content of these bytes. */
    static Sample of(byte[] bytes, int pieceLength) {
        int length = bytes.length;
        PieceLayout layout = new PieceLayout(length, pieceLength);
        List<Digest> leaves = new ArrayList<>();
        for (int at = 0; at < length; at += PieceLayout.BLOCK) {
            leaves.add(Digest.sha256(Arrays.copyOfRange(bytes, at, Math.min(length, at + PieceLayout.BLOCK))));
        }
        List<Digest> pieces = new ArrayList<>();
        for (int piece = 0; piece < layout.pieceCount(); piece++) {
            int first = piece * layout.blocksPerPiece();
            pieces.add(PieceLayer.pieceRoot(layout, leaves.subList(first, first + layout.blocksIn(piece))));
        }
        ContentId id = new ContentId(MerkleTree.root(leaves, 0), length);
        return new Sample(id, layout, PieceLayer.prove(id, layout, pieces), ByteBuffer.wrap(bytes));
    }

    int pieces() {
        return layout.pieceCount();
    }

    /** The true bytes of a range. */
    ByteBuffer at(ByteRange range) {
        return bytes.slice((int) range.offset(), (int) range.length());
    }

    /** Writes a piece as it should be and commits it. */
    void put(StoredContent content, int piece) {
        ByteRange range = layout.piece(piece);
        try (WriteGrant grant = content.grant(range).orElseThrow()) {
            if (!grant.write(range.offset(), at(range))) {
                throw new AssertionError("a fresh grant takes the bytes of its range");
            }
        }
        content.commit(piece);
    }

    /** Whether the store gives the true bytes of a held piece. */
    boolean isTrue(StoredContent content, int piece) {
        ByteRange range = layout.piece(piece);
        ByteBuffer read = ByteBuffer.allocate((int) range.length());
        content.read(range.offset(), read);
        return read.flip().equals(at(range));
    }

    /** Writes a part of a piece, true or not, and leaves it at that. */
    void begin(StoredContent content, int piece, Random random) {
        ByteRange range = layout.piece(piece);
        byte[] some = new byte[random.nextInt((int) range.length()) + 1];
        if (random.nextBoolean()) {
            at(range).get(some);
        } else {
            random.nextBytes(some);
        }
        try (WriteGrant grant = content.grant(range).orElseThrow()) {
            grant.write(range.offset(), ByteBuffer.wrap(some));
        }
    }
}
