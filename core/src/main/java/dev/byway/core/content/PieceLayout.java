package dev.byway.core.content;

import dev.byway.core.unit.ByteRange;

/**
 * How content of a given length is cut: blocks of 16 KiB (the leaves of the tree) in pieces of a power of two.
 *
 * @param length bytes of the whole content, at least 0
 * @param pieceLength bytes of every piece but the last: a power of two, 16 KiB to 1 GiB
 */
public record PieceLayout(long length, int pieceLength) {
    /** Bytes of a block: the smallest thing that can be proved. BEP 52. */
    public static final int BLOCK = 16 * 1024;

    /** Bytes of a piece unless the content is short, or so long that this made too many. */
    public static final int DEFAULT_PIECE = 1024 * 1024;

    /**
     * Bytes of a piece of a short content. A piece is passed on only when it is whole: a few large ones would be fetched
     * one after the other by devices that could share them.
     */
    public static final int SHORT_PIECE = 256 * 1024;

    /** From so many bytes on a content is not short. */
    public static final int SHORT_CONTENT = 64 * 1024 * 1024;

    /** Longest piece in bytes. */
    public static final int MAX_PIECE = 1 << 30;

    /** What Byway publishes has fewer pieces than this, unless pieces cannot grow further. */
    public static final int MAX_PIECES = 16_384;

    /** Largest number of pieces that is read or hashed at all. */
    public static final int PIECE_LIMIT = 1 << 20;

    public PieceLayout {
        if (length < 0 || length > ContentId.MAX_LENGTH) {
            throw new IllegalArgumentException("a content has 0 to 2^50 bytes, not " + length);
        }
        if (Integer.bitCount(pieceLength) != 1 || pieceLength < BLOCK || pieceLength > MAX_PIECE) {
            throw new IllegalArgumentException(
                    "a piece length is a power of two from 16 KiB to 1 GiB, not " + pieceLength);
        }
        if (ceilDiv(length, pieceLength) > PIECE_LIMIT) {
            throw new IllegalArgumentException(
                    "more than 2^20 pieces: " + length + " bytes in pieces of " + pieceLength);
        }
    }

    /**
     * The layout that Byway publishes: pieces of 256 KiB, of 1 MiB where that makes 64 MiB of them or more, and doubled as needed to
     * stay under {@link #MAX_PIECES}.
     */
    public static PieceLayout of(long length) {
        int piece = SHORT_PIECE;
        while (piece < MAX_PIECE && ceilDiv(length, piece) >= tooMany(piece)) {
            piece *= 2;
        }
        return new PieceLayout(length, piece);
    }

    /** With so many pieces of a length, what Byway publishes has longer ones. */
    static int tooMany(int pieceLength) {
        return pieceLength < DEFAULT_PIECE ? SHORT_CONTENT / pieceLength : MAX_PIECES;
    }

    /** Number of pieces; 0 for empty content. */
    public int pieceCount() {
        return (int) ceilDiv(length, pieceLength);
    }

    /** The bytes of one piece. */
    public ByteRange piece(int index) {
        long offset = (long) index * pieceLength;
        if (index < 0 || offset >= length) {
            throw new IndexOutOfBoundsException("piece " + index + " of " + pieceCount());
        }
        return new ByteRange(offset, Math.min(pieceLength, length - offset));
    }

    /** The piece that holds the byte at {@code offset}. */
    public int pieceAt(long offset) {
        return (int) (offset / pieceLength);
    }

    /** Number of blocks in one piece. */
    public int blocksIn(int index) {
        return (int) ceilDiv(piece(index).length(), BLOCK);
    }

    /** Number of blocks in a whole piece. */
    public int blocksPerPiece() {
        return pieceLength / BLOCK;
    }

    private static long ceilDiv(long a, long b) {
        return (a + b - 1) / b;
    }
}
