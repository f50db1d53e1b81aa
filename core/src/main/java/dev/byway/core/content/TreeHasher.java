package dev.byway.core.content;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Hashes a content from its first byte to its last, in chunks of any size, without knowing its length beforehand.
 *
 * <p>How long pieces are depends on the length ({@link PieceLayout#of}). A hasher that is not told a piece length starts
 * with the shortest one; whenever there are too many pieces it joins them in pairs, which is one step up the tree and needs
 * no byte again. So it always ends with the layout that {@link PieceLayout#of} gives. Memory: the digests of the pieces so
 * far and of the blocks of one piece. One thread at a time.
 */
public final class TreeHasher {
    /** Whether the SHA-256 of the whole file is computed too, which doubles the work. */
    public enum WholeFile {
        /** The tree alone, as for a download that a tree proves. */
        SKIPPED,
        /** Also the whole file, as for publishing and for content that only a digest names. */
        HASHED
    }

    private final BlockHasher blocks = new BlockHasher();
    private final List<Digest> pieces = new ArrayList<>();
    private final Optional<MessageDigest> wholeFile;
    private final IntUnaryOperator tooMany;
    private int pieceLength;
    private long length;

    /** @param tooMany the number of pieces of a given length at which they are joined */
    TreeHasher(int pieceLength, IntUnaryOperator tooMany, WholeFile wholeFile) {
        this.pieceLength = new PieceLayout(0, pieceLength).pieceLength();
        this.tooMany = tooMany;
        this.wholeFile = switch (wholeFile) {
            case SKIPPED -> Optional.empty();
            case HASHED -> Optional.of(Digest.newSha256());
        };
    }

    /** A hasher for content of any length, with the layout of {@link PieceLayout#of}. */
    public static TreeHasher ofAnyLength(WholeFile wholeFile) {
        return new TreeHasher(PieceLayout.SHORT_PIECE, PieceLayout::tooMany, wholeFile);
    }

    /**
     * A hasher with a given piece length.
     *
     * @throws IllegalArgumentException unless it is a power of two from 16 KiB to 1 GiB
     */
    public static TreeHasher ofPieceLength(int pieceLength, WholeFile wholeFile) {
        return new TreeHasher(pieceLength, _ -> Integer.MAX_VALUE, wholeFile);
    }

    /**
     * Takes {@code count} bytes of {@code bytes} from {@code offset} on.
     *
     * @throws IllegalArgumentException when a given piece length makes more pieces than any content may have
     */
    public void update(byte[] bytes, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        wholeFile.ifPresent(sha -> sha.update(bytes, offset, count));
        int at = offset;
        int end = offset + count;
        while (at < end) {
            int n = (int) Math.min(end - at, pieceLength - blocks.length());
            blocks.update(bytes, at, n);
            at += n;
            length += n;
            if (blocks.length() == pieceLength) {
                addPiece(blocks.finish());
            }
        }
    }

    /** Takes all that remains in {@code buffer}, which is empty afterwards. Heap buffers are not copied. */
    public void update(ByteBuffer buffer) {
        HeapBytes.feed(buffer, this::update);
    }

    /** Number of bytes taken so far. */
    public long length() {
        return length;
    }

    /** What the bytes taken are. Ends this hasher's work: a second call is an error. */
    public HashedContent finish() {
        if (pieceLength == 0) {
            throw new IllegalStateException("this hasher has given its result already");
        }
        Digest root = length == 0 ? Digest.ZERO : finishRoot();
        PieceLayout layout = new PieceLayout(length, pieceLength);
        pieceLength = 0;
        return new HashedContent(
                PieceLayer.prove(new ContentId(root, length), layout, pieces),
                wholeFile.map(sha -> Digest.of(sha.digest())));
    }

    private Digest finishRoot() {
        List<Digest> last = blocks.finish();
        if (pieces.isEmpty()) {
            pieces.add(MerkleTree.root(last, 0));
            return pieces.getFirst();
        }
        if (!last.isEmpty()) {
            addPiece(last);
        }
        return MerkleTree.root(pieces, levelOfPieces());
    }

    private void addPiece(List<Digest> leaves) {
        if (pieces.size() == PieceLayout.PIECE_LIMIT) {
            throw new IllegalArgumentException("more than " + PieceLayout.PIECE_LIMIT + " pieces of " + pieceLength
                    + " bytes: take longer pieces");
        }
        pieces.add(MerkleTree.root(leaves, 0, levelOfPieces()));
        while (pieces.size() == tooMany.applyAsInt(pieceLength) && pieceLength < PieceLayout.MAX_PIECE) {
            List<Digest> joined = MerkleTree.above(pieces);
            pieces.clear();
            pieces.addAll(joined);
            pieceLength *= 2;
        }
    }

    private int levelOfPieces() {
        return Integer.numberOfTrailingZeros(pieceLength / PieceLayout.BLOCK);
    }
}
