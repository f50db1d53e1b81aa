package dev.byway.core.content;

import dev.byway.core.unit.ByteString;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/**
 * Which pieces of a content somebody has. Mutable, with one owner; grows only to the number of pieces given at first.
 *
 * <p>One bit a piece, in words of 64: what two sets have in common, or one alone, is found 64 pieces at a time, because a
 * download asks that of every neighbour after nearly everything that happens.
 */
public final class PieceSet {
    private final int size;
    private final long[] words;
    private int count;

    private PieceSet(int size, long[] words, int count) {
        this.size = size;
        this.words = words;
        this.count = count;
    }

    /** No pieces out of {@code size}. */
    public static PieceSet none(int size) {
        return new PieceSet(size, new long[(size + 63) >> 6], 0);
    }

    /** All pieces out of {@code size}. */
    public static PieceSet all(int size) {
        PieceSet all = none(size);
        all.add(0, size);
        return all;
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
        PieceSet set = none(size);
        for (int i = 0; i < bytes.length() * 8; i++) {
            if ((bytes.at(i >> 3) & (0x80 >> (i & 7))) == 0) {
                continue;
            }
            if (i >= size) {
                throw new IllegalArgumentException("the bitfield names a piece beyond the last of " + size);
            }
            set.add(i);
        }
        return set;
    }

    /** A copy with its own owner. */
    public PieceSet copy() {
        return new PieceSet(size, words.clone(), count);
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
        return piece >= 0 && piece < size && (words[piece >> 6] & 1L << piece) != 0;
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
        if (has(piece)) {
            return false;
        }
        words[piece >> 6] |= 1L << piece;
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
        for (int piece = nextMissing(first); piece < end; piece = nextMissing(piece + 1)) {
            add(piece);
        }
    }

    /** Takes a piece out; whether it was there. */
    public boolean remove(int piece) {
        if (!has(piece)) {
            return false;
        }
        words[piece >> 6] &= ~(1L << piece);
        count--;
        return true;
    }

    /** The first piece at or after {@code from} that is not in the set, or {@link #size()}. */
    public int nextMissing(int from) {
        for (int at = from >> 6; at < words.length; at++) {
            long missing = ~words[at] & beginning(at, from);
            if (missing != 0) {
                return Math.min(size, (at << 6) + Long.numberOfTrailingZeros(missing));
            }
        }
        return size;
    }

    /** Gives each run of neighbouring pieces in the set, in order: its first piece, and how many they are. */
    public void forEachRun(RunAction action) {
        for (int first = next(0); first >= 0; ) {
            int end = nextMissing(first);
            action.accept(first, end - first);
            first = next(end);
        }
    }

    /** What is done with a run. */
    @FunctionalInterface
    public interface RunAction {
        /** Takes one. */
        void accept(int first, int count);
    }

    /** The first piece at or after {@code from} that is in the set, or -1. */
    public int next(int from) {
        for (int at = from >> 6; at < words.length; at++) {
            long found = words[at] & beginning(at, from);
            if (found != 0) {
                return (at << 6) + Long.numberOfTrailingZeros(found);
            }
        }
        return -1;
    }

    /** The first piece at or after {@code from} that is in both sets, which are of the same size, or -1. */
    public int nextShared(PieceSet other, int from) {
        for (int at = from >> 6; at < words.length; at++) {
            long found = words[at] & other.words[at] & beginning(at, from);
            if (found != 0) {
                return (at << 6) + Long.numberOfTrailingZeros(found);
            }
        }
        return -1;
    }

    /** The first piece at or after {@code from} that is in this set and not in the other, of the same size, or -1. */
    public int nextBeyond(PieceSet other, int from) {
        for (int at = from >> 6; at < words.length; at++) {
            long found = words[at] & ~other.words[at] & beginning(at, from);
            if (found != 0) {
                return (at << 6) + Long.numberOfTrailingZeros(found);
            }
        }
        return -1;
    }

    /** The bits of a word that are not before {@code from}. */
    private static long beginning(int at, int from) {
        return at == from >> 6 ? -1L << from : -1L;
    }

    /** The pieces in the set, ascending. */
    public PrimitiveIterator.OfInt pieces() {
        return IntStream.iterate(next(0), piece -> piece >= 0, piece -> next(piece + 1))
                .iterator();
    }

    /** One bit a piece, bit 7 of byte 0 being piece 0. */
    public ByteString toBytes() {
        byte[] bytes = new byte[(size + 7) / 8];
        for (int piece = next(0); piece >= 0; piece = next(piece + 1)) {
            bytes[piece >> 3] |= (byte) (0x80 >> (piece & 7));
        }
        return ByteString.of(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PieceSet o && size == o.size && Arrays.equals(words, o.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    /** For example {@code 3/50}. */
    @Override
    public String toString() {
        return count + "/" + size;
    }
}
