package dev.byway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FrameAssemblerProperties {
    @Property
    void anyCutsGiveTheSameFrames(
            @ForAll("streams") List<Frame> frames,
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 90) Integer> cuts) {
        byte[] bytes = Encoded.of(frames.toArray(Frame[]::new));
        Collected sink = new Collected();
        FrameAssembler assembler = new FrameAssembler();

        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int length = Math.min(cuts.get(i % cuts.size()), bytes.length - at);
            assembler.offer(bytes, at, length, sink);
            at += length;
        }

        assertThat(sink.bytes()).isEqualTo(uncut(frames).bytes());
        assertThat(assembler.isBetweenFrames()).isTrue();
    }

    /** What the frames are without an assembler: of two {@code Data} that happen to be adjacent, nobody can tell where they met. */
    private static Collected uncut(List<Frame> frames) {
        Collected collected = new Collected();
        frames.forEach(collected::frame);
        return collected;
    }

    @Example
    void adjacentDataOfOneRequestAreTheSameBytesInTheSameOrder() {
        anyCutsGiveTheSameFrames(
                List.of(
                        new Frame.Data(0, 0, ByteBuffer.wrap(new byte[] {7})),
                        new Frame.Data(0, 1, ByteBuffer.wrap(new byte[] {8, 9}))),
                List.of(3, 20));
    }

    @Property
    void theEndOfTheStreamWithinAFrameIsSeen(@ForAll("frames") Frame frame, @ForAll @IntRange(min = 1) int cut) {
        byte[] bytes = Encoded.of(frame);
        int part = 1 + cut % (bytes.length - 1);
        FrameAssembler assembler = new FrameAssembler();

        assembler.offer(bytes, 0, part, new Collected());

        assertThat(assembler.isBetweenFrames()).isEqualTo(part == bytes.length);
    }

    @Property
    void anyBytesAreFramesOrAWireException(
            @ForAll @Size(max = 400) byte[] bytes, @ForAll @IntRange(min = 1, max = 40) int cut) {
        Allocation.assertModest(bytes.length, () -> {
            FrameAssembler assembler = new FrameAssembler();
            try {
                for (int at = 0; at < bytes.length; at += cut) {
                    assembler.offer(bytes, at, Math.min(cut, bytes.length - at), new Collected());
                }
            } catch (WireException e) {
                assertThat(e).hasMessageMatching("(?s).{8,200}");
            }
        });
    }

    @Provide
    Arbitrary<Frame> frames() {
        return Frames.any();
    }

    @Provide
    Arbitrary<List<Frame>> streams() {
        return Combinators.combine(Frames.any().list().ofMinSize(1).ofMaxSize(12), Frames.data(3000))
                .as((frames, data) -> {
                    frames.add(frames.size() / 2, data);
                    return frames;
                });
    }
}
