package dev.byway.core.content;

import dev.byway.core.unit.ByteString;
import java.util.BitSet;
import java.util.PrimitiveIterator;

/** Which pieces of a content somebody has. Mutable, with one owner; grows only to the number of pieces given at first. */
public final class PieceSet {
    private final int size;
    private final BitSet bits;
    private int count;

    private PieceSet(int size, BitSet bits) {
        this.size = size;
        this.bits = bits;
        this.count = bits.cardinality();
    }

    /** No pieces out of {@code size}. */
    public static PieceSet none(int size) {
        return new PieceSet(size, new BitSet(size));
    }

    /** All pieces out of {@code size}. */
    public static PieceSet all(int size) {
        BitSet bits = new BitSet(size);
        bits.set(0, size);
        return new PieceSet(size, bits);
    }

    /**
     * The set written by {@link #toBytes()}: bit 7 of byte 0 is piece 0.
     *
     * @throws IllegalArgumentException when the length does not fit {@code size} or a bit beyond it is set
     */
    public static PieceSet of(int size, ByteString bytes) {
        if (bytes.length() != (size + 7) / 8) {
            throw new IllegalArgumentException(
                    "a bitfield of " + size + " pieces has " + (size + 7) / 8 + " bytes, not " + bytes.length());
        }
        BitSet bits = new BitSet(size);
        for (int i = 0; i < bytes.length() * 8; i++) {
            if ((bytes.at(i >> 3) & (0x80 >> (i & 7))) != 0) {
                bits.set(i);
            }
        }
        if (bits.length() > size) {
            throw new IllegalArgumentException("the bitfield names a piece beyond the last of " + size);
        }
        return new PieceSet(size, bits);
    }

    /** A copy with its own owner. */
    public PieceSet copy() {
        return new PieceSet(size, (BitSet) bits.clone());
    }

    /** Number of pieces of the content. */
    public int size() {
        return size;
    }

    /** Number of pieces in the set. */
    public int count() {
        return count;
    }

    public boolean has(int piece) {
        return bits.get(piece);
    }

    public boolean isFull() {
        return count == size;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /**
     * Adds a piece.
     *
     * @return whether it was new
     * @throws IndexOutOfBoundsException for a piece that the content does not have
     */
    public boolean add(int piece) {
        if (piece < 0 || piece >= size) {
            throw new IndexOutOfBoundsException("piece " + piece + " of " + size);
        }
        if (bits.get(piece)) {
            return false;
        }
        bits.set(piece);
        count++;
        return true;
    }

    /**
     * Adds a run of pieces.
     *
     * @throws IndexOutOfBoundsException for a piece that the content does not have
     */
    public void add(int first, int end) {
        if (first < 0 || end < first || end > size) {
            throw new IndexOutOfBoundsException("pieces " + first + " to " + end + " of " + size);
        }
        bits.set(first, end);
        count = bits.cardinality();
    }

    /** Takes a piece out; whether it was there. */
    public boolean remove(int piece) {
        if (piece < 0 || !bits.get(piece)) {
            return false;
        }
        bits.clear(piece);
        count--;
        return true;
    }

    /** The first piece at or after {@code from} that is not in the set, or {@link #size()}. */
    public int nextMissing(int from) {
        return Math.min(size, bits.nextClearBit(from));
    }

    /** The first piece at or after {@code from} that is in the set, or -1. */
    public int next(int from) {
        return bits.nextSetBit(from);
    }

    /** The pieces in the set, ascending. */
    public PrimitiveIterator.OfInt pieces() {
        return bits.stream().iterator();
    }

    /** One bit a piece, bit 7 of byte 0 being piece 0. */
    public ByteString toBytes() {
        byte[] bytes = new byte[(size + 7) / 8];
        for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
            bytes[i >> 3] |= (byte) (0x80 >> (i & 7));
        }
        return ByteString.of(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PieceSet o && size == o.size && bits.equals(o.bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }

    /** For example {@code 3/50}. */
    @Override
    public String toString() {
        return count + "/" + size;
    }
}
