package dev.byway.core.content;

import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The digests of all pieces of one content, proved against its id, and the judge of every byte that arrives for it.
 *
 * <p>Immutable but for its {@link #remembering memory}; may be used by any thread. There is no way to have one that does not prove itself.
 */
public final class PieceLayer {
    private final ContentId id;
    private final PieceLayout layout;
    private final List<Digest> pieces;
    /** Of each piece the leaves that were found true. What one thread does not see of another's it proves itself. */
    private final Optional<List<List<Digest>>> known;

    private PieceLayer(ContentId id, PieceLayout layout, List<Digest> pieces, Optional<List<List<Digest>>> known) {
        this.id = id;
        this.layout = layout;
        this.pieces = pieces;
        this.known = known;
    }

    /**
     * The layer of {@code id} in pieces of {@code layout}, if {@code pieces} prove themselves against the root.
     *
     * @param pieces one digest a piece; for content of a single piece its digest is the root itself
     * @throws UntrustedContentException when they are not the layer of that content
     */
    public static PieceLayer prove(ContentId id, PieceLayout layout, List<Digest> pieces) {
        if (layout.length() != id.length() || pieces.size() != layout.pieceCount()) {
            throw new UntrustedContentException("the piece layer has " + pieces.size() + " digests for "
                    + layout.pieceCount() + " pieces of " + id);
        }
        if (!pieces.isEmpty()
                && !MerkleTree.root(pieces, MerkleTree.ceilLog2(layout.blocksPerPiece()))
                        .equals(id.root())) {
            throw new UntrustedContentException("the piece layer does not lead to the root of " + id);
        }
        return new PieceLayer(id, layout, List.copyOf(pieces), Optional.empty());
    }

    /**
     * The layer of {@code id} from the blob that {@link #toBytes()} writes.
     *
     * @throws UntrustedContentException when the blob has the wrong length or is not the layer of that content
     */
    public static PieceLayer read(ContentId id, PieceLayout layout, ByteBuffer blob) {
        if (blob.remaining() != (long) layout.pieceCount() * Digest.BYTES) {
            throw new UntrustedContentException("the piece layer of " + id + " has " + layout.pieceCount()
                    + " digests of 32 bytes, but the blob has " + blob.remaining() + " bytes");
        }
        List<Digest> pieces = new ArrayList<>(layout.pieceCount());
        while (blob.hasRemaining()) {
            pieces.add(Digest.read(blob));
        }
        return prove(id, layout, pieces);
    }

    /** The layer that follows from the id alone: that of content with one piece or none. */
    public static Optional<PieceLayer> ofOnePiece(ContentId id, PieceLayout layout) {
        return switch (layout.pieceCount()) {
            case 0 -> Optional.of(prove(id, layout, List.of()));
            case 1 -> Optional.of(prove(id, layout, List.of(id.root())));
            default -> Optional.empty();
        };
    }

    /** The layer as a blob: 32 bytes a piece, in order, nothing else. */
    public ByteString toBytes() {
        ByteBuffer blob = ByteBuffer.allocate(pieces.size() * Digest.BYTES);
        pieces.forEach(piece -> piece.write(blob));
        return ByteString.read(blob.flip(), blob.capacity());
    }

    public ContentId id() {
        return id;
    }

    public PieceLayout layout() {
        return layout;
    }

    /** One digest a piece. */
    public List<Digest> pieces() {
        return pieces;
    }

    /**
     * This layer, with a memory of which leaves it found true: for who asks about the same ones again and again, as many simulated
     * devices do. What it does not remember it proves as before. Takes 32 bytes a block.
     */
    public PieceLayer remembering() {
        return new PieceLayer(
                id, layout, pieces, Optional.of(new ArrayList<>(Collections.nCopies(pieces.size(), List.of()))));
    }

    /**
     * Whether {@code leaves}, the digests of the blocks of one piece in order, are those of the true piece.
     *
     * @return false also when there are too few or too many
     */
    public boolean proves(int piece, List<Digest> leaves) {
        if (leaves.size() != layout.blocksIn(piece)) {
            return false;
        }
        if (known.isPresent() && leaves.equals(known.get().get(piece))) {
            return true;
        }
        boolean proves = pieceRoot(layout, leaves).equals(pieces.get(piece));
        if (proves) {
            known.ifPresent(all -> all.set(piece, List.copyOf(leaves)));
        }
        return proves;
    }

    /** The digest of a piece from the digests of its blocks, in order. */
    public static Digest pieceRoot(PieceLayout layout, List<Digest> leaves) {
        return layout.pieceCount() == 1
                ? MerkleTree.root(leaves, 0)
                : MerkleTree.root(leaves, 0, MerkleTree.ceilLog2(layout.blocksPerPiece()));
    }
}
