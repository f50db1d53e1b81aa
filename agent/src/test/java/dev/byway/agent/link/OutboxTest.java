package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.FrameCodec;
import dev.byway.core.wire.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox();

    @Test
    void controlFramesGoOutInOrderTogetherUpToOneRecord() {
        List<Frame> sent = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            Frame frame = new Frame.Have(1, i, 1);
            sent.add(frame);
            assertThat(outbox.add(frame)).isTrue();
        }
        List<Frame> received = new ArrayList<>();
        int batches = 0;
        for (Optional<Work> work = outbox.takeControl(); work.isPresent(); work = outbox.takeControl(), batches++) {
            var bytes = ((Work.Write) work.get()).bytes();
            assertThat(bytes.remaining()).isLessThanOrEqualTo(Outbox.BATCH);
            while (bytes.hasRemaining()) {
                received.add((Frame) FrameCodec.decode(bytes));
            }
        }
        assertThat(received).isEqualTo(sent);
        assertThat(batches).isLessThan(6);
        assertThat(outbox.controlBytes()).isZero();
    }

    @Test
    void aFrameLongerThanABatchGoesAlone() {
        Frame large = new Frame.Bitfield(1, ByteString.of(new byte[100_000]));
        outbox.add(new Frame.Probe(1));
        outbox.add(large);
        outbox.add(new Frame.Probe(2));
        List<Integer> sizes = new ArrayList<>();
        for (Optional<Work> work = outbox.takeControl(); work.isPresent(); work = outbox.takeControl()) {
            sizes.add(((Work.Write) work.get()).bytes().remaining());
        }
        int probe = FrameCodec.encodedSize(new Frame.Probe(1));
        assertThat(sizes).containsExactly(probe, FrameCodec.encodedSize(large), probe);
    }

    @Test
    void isFullAtItsLimitButAlwaysTakesTheGoodBye() {
        Frame large = new Frame.Bitfield(1, ByteString.of(new byte[100_000]));
        int fit = 0;
        while (outbox.add(large)) {
            fit++;
        }
        assertThat(fit).isEqualTo(Outbox.CONTROL_BYTES / FrameCodec.encodedSize(large));
        assertThat(outbox.controlBytes()).isLessThanOrEqualTo(Outbox.CONTROL_BYTES);
        int before = outbox.controlBytes();
        outbox.addLast(new Frame.Bye(RejectReason.LIMIT));
        assertThat(outbox.controlBytes()).isGreaterThan(before);
    }

    @Test
    void anUploadIsTheSameOneOnly() {
        Upload first = new Upload(7, 0, 100, Contents.SOURCE);
        Upload second = new Upload(7, 0, 100, Contents.SOURCE);
        outbox.add(first);
        assertThat(outbox.holds(first)).isTrue();
        assertThat(outbox.remove(7)).containsSame(first);
        outbox.add(second);
        assertThat(outbox.holds(first)).isFalse();
        assertThat(outbox.holds(second)).isTrue();
        assertThat(outbox.remove(8)).isEmpty();
    }
}
