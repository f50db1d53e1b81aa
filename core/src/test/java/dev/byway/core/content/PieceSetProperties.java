package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A set of pieces is what a {@link BitSet} is that knows its size. */
class PieceSetProperties {
    @Property
    void changesCountAndFindLikeABitSet(
            @ForAll @IntRange(min = 1, max = 200) int size, @ForAll @Size(max = 100) int[] steps) {
        PieceSet set = PieceSet.none(size);
        BitSet model = new BitSet();
        for (int step : steps) {
            int piece = Math.floorMod(step, size);
            if (step < 0) {
                assertThat(set.remove(piece)).isEqualTo(model.get(piece));
                model.clear(piece);
            } else {
                assertThat(set.add(piece)).isEqualTo(!model.get(piece));
                model.set(piece);
            }
        }
        assertThat(set.count()).isEqualTo(model.cardinality());
        assertThat(set.isFull()).isEqualTo(model.cardinality() == size);
        for (int from = 0; from <= size; from++) {
            assertThat(set.has(from)).isEqualTo(model.get(from));
            assertThat(set.next(from)).isEqualTo(model.nextSetBit(from));
            assertThat(set.nextMissing(from)).isEqualTo(Math.min(size, model.nextClearBit(from)));
        }
        assertThat(PieceSet.of(size, set.toBytes())).isEqualTo(set).hasSameHashCodeAs(set);
        assertThat(set.copy()).isEqualTo(set);
    }

    @Property
    void whatTwoSetsShareAndWhatOneHasBeyondTheOther(
            @ForAll @IntRange(min = 1, max = 200) int size,
            @ForAll @Size(max = 60) int[] some,
            @ForAll @Size(max = 60) int[] others) {
        PieceSet one = set(size, some);
        PieceSet other = set(size, others);
        for (int from = 0; from <= size; from++) {
            int shared = from;
            while (shared < size && !(one.has(shared) && other.has(shared))) {
                shared++;
            }
            int beyond = from;
            while (beyond < size && (!one.has(beyond) || other.has(beyond))) {
                beyond++;
            }
            assertThat(one.nextShared(other, from)).isEqualTo(shared == size ? -1 : shared);
            assertThat(one.nextBeyond(other, from)).isEqualTo(beyond == size ? -1 : beyond);
        }
    }

    @Property
    void runsAreAddedAsTheirPieces(@ForAll @IntRange(min = 1, max = 200) int size, @ForAll int one, @ForAll int other) {
        int first = Math.min(Math.floorMod(one, size), Math.floorMod(other, size));
        int end = Math.max(Math.floorMod(one, size), Math.floorMod(other, size));
        PieceSet set = PieceSet.none(size);
        set.add(first, end);
        assertThat(set.count()).isEqualTo(end - first);
        assertThat(set.nextMissing(first)).isEqualTo(end);
    }

    @Property
    void runsAreTheWholeSetAndDoNotTouch(@ForAll @IntRange(min = 1, max = 200) int size, @ForAll int[] pieces) {
        PieceSet set = set(size, pieces);
        PieceSet again = PieceSet.none(size);
        int[] last = {-1};
        set.forEachRun((first, count) -> {
            assertThat(first).isGreaterThan(last[0]);
            assertThat(count).isPositive();
            again.add(first, first + count);
            last[0] = first + count;
        });
        assertThat(again).isEqualTo(set);
    }

    private static PieceSet set(int size, int[] pieces) {
        PieceSet set = PieceSet.none(size);
        for (int piece : pieces) {
            set.add(Math.floorMod(piece, size));
        }
        return set;
    }
}
