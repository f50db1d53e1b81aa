package dev.byway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {
    private final FrameAssembler assembler = new FrameAssembler();
    private final Collected sink = new Collected();

    @Test
    void everyGoldenFrameArrivesByteByByte() {
        for (String name : Golden.frames().keySet()) {
            for (byte b : Golden.bytes(name)) {
                assembler.offer(new byte[] {b}, 0, 1, sink);
            }
        }

        assertThat(sink.frames()).containsExactlyElementsOf(Golden.frames().values());
    }

    @Test
    void dataIsPassedOnAsItComesInAndNeverHeld() {
        byte[] bytes = Encoded.of(new Frame.Data(7, 1000, ByteBuffer.allocate(WireLimits.DATA)));
        List<Frame> parts = new ArrayList<>();
        FrameSink keep = new Parts(parts);

        assembler.offer(bytes, 0, DataHeader.BYTES + 100, keep);
        assembler.offer(bytes, DataHeader.BYTES + 100, WireLimits.DATA - 100, keep);

        assertThat(parts)
                .satisfiesExactly(
                        first -> assertPart(first, 1000, 100, bytes),
                        second -> assertPart(second, 1100, WireLimits.DATA - 100, bytes));
    }

    private static void assertPart(Frame frame, long offset, int length, byte[] array) {
        assertThat(frame).isInstanceOfSatisfying(Frame.Data.class, data -> {
            assertThat(data.offset()).isEqualTo(offset);
            assertThat(data.bytes().remaining()).isEqualTo(length);
            assertThat(data.bytes().array()).isSameAs(array);
        });
    }

    @Test
    void unknownFramesAreLeftOutWholeOrInParts() {
        byte[] unknown = Golden.bytes("unknown");
        byte[] empty = {0, 0, 0, 1, (byte) 0xFE};

        assembler.offer(unknown, 0, unknown.length, sink);
        assembler.offer(unknown, 0, 6, sink);
        assembler.offer(unknown, 6, 2, sink);
        assembler.offer(empty, 0, 3, sink);
        assembler.offer(empty, 3, 2, sink);
        assembler.offer(Golden.bytes("have"), 0, 17, sink);

        assertThat(sink.skipped()).containsExactly(0xEE, 0xEE, 0xFE);
        assertThat(sink.frames()).containsExactly(Golden.frame("have"));
    }

    @Test
    void aPromisedLengthTakesNoMemory() {
        byte[] start = ByteBuffer.allocate(9)
                .putInt(1 + 4 + WireLimits.PIECES / 8)
                .put((byte) 19)
                .putInt(1)
                .array();
        assembler.offer(start, 0, 5, sink);

        assertThat(Allocation.of(() -> assembler.offer(start, 5, 4, sink))).isLessThan(2000);
    }

    @Test
    void aWrongLengthIsRefusedWithTheHeader() {
        byte[] probe = {0, 0, 0, 9, 48};
        assembler.offer(probe, 0, 4, sink);

        assertThatThrownBy(() -> assembler.offer(probe, 4, 1, sink)).isInstanceOf(WireException.class);
    }

    @Test
    void aDataHeaderOutOfRangeIsRefusedBeforeItsBytes() {
        byte[] data = Golden.bytes("data");
        data[5] = (byte) 0x80;

        assertThatThrownBy(() -> assembler.offer(data, 0, DataHeader.BYTES, sink))
                .isInstanceOf(WireException.class);
    }

    private record Parts(List<Frame> frames) implements FrameSink {
        @Override
        public void frame(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void skipped(int type) {
            throw new AssertionError("skipped " + type);
        }
    }
}
