package dev.byway.cli.get;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteRange;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WrittenRangesProperties {
    private static final int SIZE = 100;

    @Provide
    Arbitrary<List<ByteRange>> ranges() {
        Arbitrary<Integer> at = Arbitraries.integers().between(0, SIZE);
        return Combinators.combine(at, at)
                .as((a, b) -> ByteRange.between(Math.min(a, b), Math.max(a, b)))
                .list()
                .ofMaxSize(12);
    }

    private static BitSet bits(List<ByteRange> ranges) {
        BitSet bits = new BitSet();
        ranges.forEach(range -> bits.set((int) range.offset(), (int) range.end()));
        return bits;
    }

    private static List<ByteRange> merged(BitSet bits) {
        return IntStream.range(0, SIZE)
                .filter(i -> bits.get(i) && (i == 0 || !bits.get(i - 1)))
                .mapToObj(i -> ByteRange.between(i, bits.nextClearBit(i)))
                .toList();
    }

    @Property
    void copyingWhatIsMissingEndsWithAllThatIsReady(
            @ForAll("ranges") List<ByteRange> before, @ForAll("ranges") List<ByteRange> readyParts) {
        List<ByteRange> ready = merged(bits(readyParts));
        WrittenRanges written = new WrittenRanges();
        before.forEach(written::add);
        BitSet model = bits(before);
        Optional<ByteRange> next = written.firstMissing(ready, 7);
        while (next.isPresent()) {
            ByteRange range = next.get();
            assertThat(range.length()).isBetween(1L, 7L);
            for (long i = range.offset(); i < range.end(); i++) {
                assertThat(model.get((int) i))
                        .as("byte %s is not written yet", i)
                        .isFalse();
                assertThat(bits(ready).get((int) i)).as("byte %s is ready", i).isTrue();
            }
            written.add(range);
            model.set((int) range.offset(), (int) range.end());
            next = written.firstMissing(ready, 7);
        }
        BitSet missing = bits(ready);
        missing.andNot(model);
        assertThat(missing.isEmpty()).isTrue();
    }

    @Property
    void itCoversWhatItsFirstRunCovers(@ForAll("ranges") List<ByteRange> parts) {
        WrittenRanges written = new WrittenRanges();
        parts.forEach(written::add);
        int first = bits(parts).nextClearBit(0);
        assertThat(written.covers(first)).isTrue();
        assertThat(written.covers(first + 1)).isFalse();
    }
}
