package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.Digest;
import dev.byway.core.unit.Rate;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkServeTest {
    private static final int CHANNEL = 1;
    private static final int MIB = 1024 * 1024;

    private TestNode server;
    private TestNode client;
    private Link atServer;
    private Link atClient;

    @BeforeEach
    void link() {
        link(Throttle.NONE);
    }

    private void link(Throttle uploads) {
        server = TestNode.anonymous(uploads, LinkTimes.STANDARD);
        client = TestNode.anonymous();
        atClient = client.link(server.listen().address());
        atServer = server.recorder.opened();
        atClient.send(Contents.open(CHANNEL, 8 * MIB));
        atServer.send(Contents.open(CHANNEL, 8 * MIB));
        assertThat(client.recorder.frame()).isInstanceOf(Frame.Open.class);
        assertThat(server.recorder.frame()).isInstanceOf(Frame.Open.class);
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    private void ask(int request, long offset, int length) {
        Frame.Request frame = new Frame.Request(CHANNEL, request, offset, length);
        atClient.send(frame);
        assertThat(server.recorder.frame()).isEqualTo(frame);
    }

    @Test
    void theBytesArriveWholeAndInOrder() {
        ask(7, 3 * MIB, MIB);
        atServer.serve(7, 3 * MIB, MIB, Contents.SOURCE);
        assertThat(receive(7, 3 * MIB, MIB)).isEqualTo(MIB);
        assertThat(server.recorder.served()).isEqualTo(new Recorder.Served(7, MIB, ServeOutcome.DONE));
        assertThat(atServer.bytesOut()).isGreaterThan(MIB);
        assertThat(atClient.bytesIn()).isGreaterThan(MIB);
    }

    @Test
    void requestsAreAnsweredOneAfterTheOther() {
        ask(1, 0, 200_000);
        ask(2, MIB, 100_000);
        atServer.serve(1, 0, 200_000, Contents.SOURCE);
        atServer.serve(2, MIB, 100_000, Contents.SOURCE);
        assertThat(receive(1, 0, 200_000)).isEqualTo(200_000);
        assertThat(receive(2, MIB, 100_000)).isEqualTo(100_000);
    }

    @Test
    void aControlFrameWaitsForOneFrameOfDataAtMost() {
        ask(1, 0, MIB);
        AtomicInteger chunks = new AtomicInteger();
        atServer.serve(1, 0, MIB, (offset, into, at, length) -> {
            if (chunks.incrementAndGet() == 3) {
                atServer.send(new Frame.Have(CHANNEL, 5, 1));
            }
            return Contents.SOURCE.read(offset, into, at, length);
        });
        int before = 0;
        Frame frame = client.recorder.frame();
        while (frame instanceof Frame.Data(int request, long offset, ByteBuffer bytes)) {
            before += bytes.remaining();
            frame = client.recorder.frame();
        }
        assertThat(frame).isEqualTo(new Frame.Have(CHANNEL, 5, 1));
        assertThat(before).isEqualTo(3 * Outbox.CHUNK);
    }

    @Test
    void aCancelledRequestStopsAtOnceAndEndsWithAReject() {
        ask(1, 0, MIB);
        ask(2, MIB, 1000);
        AtomicInteger chunks = new AtomicInteger();
        atServer.serve(1, 0, MIB, (offset, into, at, length) -> {
            if (chunks.incrementAndGet() == 3) {
                atServer.cancel(1, RejectReason.CANCELLED);
            }
            return Contents.SOURCE.read(offset, into, at, length);
        });
        atServer.serve(2, MIB, 1000, Contents.SOURCE);
        assertThat(receive(1, 0, 2 * Outbox.CHUNK)).isEqualTo(2 * Outbox.CHUNK);
        assertThat(client.recorder.frame()).isEqualTo(new Frame.RejectRequest(1, RejectReason.CANCELLED, 0));
        assertThat(receive(2, MIB, 1000)).isEqualTo(1000);
        assertThat(server.recorder.served())
                .isEqualTo(new Recorder.Served(1, 2 * Outbox.CHUNK, ServeOutcome.CANCELLED));
        assertThat(server.recorder.sent()).isEqualTo(2 * Outbox.CHUNK + 1000);
        assertThat(server.recorder.served()).isEqualTo(new Recorder.Served(2, 1000, ServeOutcome.DONE));
    }

    @Test
    void cancellingWhatIsNotServedDoesNothing() {
        atServer.cancel(99, RejectReason.CANCELLED);
        ask(1, 0, 10);
        atServer.serve(1, 0, 10, Contents.SOURCE);
        assertThat(receive(1, 0, 10)).isEqualTo(10);
        assertThat(server.recorder.served().request()).isEqualTo(1);
    }

    @Test
    void aStoreThatFailsEndsTheRequestNotTheLink() {
        List<PieceReader> failing = List.of(
                (offset, into, at, length) -> {
                    throw new IOException("disk on fire");
                },
                (offset, into, at, length) -> -1,
                (offset, into, at, length) -> length - 1);
        for (PieceReader source : failing) {
            ask(4, 0, 100);
            atServer.serve(4, 0, 100, source);
            assertThat(client.recorder.frame()).isEqualTo(new Frame.RejectRequest(4, RejectReason.NOT_HELD, 0));
            assertThat(server.recorder.served()).isEqualTo(new Recorder.Served(4, 0, ServeOutcome.FAILED));
        }
        ask(5, 0, 100);
        atServer.serve(5, 0, 100, Contents.SOURCE);
        assertThat(receive(5, 0, 100)).isEqualTo(100);
    }

    @Test
    void hashesTakeTheirTurnAmongTheData() {
        ask(1, 0, 100_000);
        Frame.HashRequest hashRequest = new Frame.HashRequest(CHANNEL, 2, 0, 3);
        atClient.send(hashRequest);
        assertThat(server.recorder.frame()).isEqualTo(hashRequest);
        Frame.Hashes hashes = new Frame.Hashes(2, 0, List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO));
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        atServer.serve(1, 0, 100_000, (offset, into, at, length) -> {
            reading.countDown();
            awaitLatch(queued);
            return Contents.SOURCE.read(offset, into, at, length);
        });
        awaitLatch(reading);
        atServer.send(hashes);
        atServer.send(new Frame.Have(CHANNEL, 1, 1));
        queued.countDown();
        List<Frame> order = new ArrayList<>();
        while (!order.contains(hashes)) {
            Frame frame = client.recorder.frame();
            if (!(frame instanceof Frame.Data) || order.isEmpty() || !(order.getLast() instanceof Frame.Data)) {
                order.add(frame);
            }
        }
        assertThat(order)
                .extracting(Frame::getClass)
                .extracting(Class::getSimpleName)
                .containsExactly("Data", "Have", "Data", "Hashes");
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aThrottleHoldsBackContentButNothingElse() {
        close();
        long hour = Duration.ofHours(1).toNanos();
        link(bytes -> hour);
        ask(1, 0, MIB);
        atServer.serve(1, 0, MIB, Contents.SOURCE);
        atServer.send(new Frame.Have(CHANNEL, 5, 1));
        assertThat(client.recorder.frame()).isEqualTo(new Frame.Have(CHANNEL, 5, 1));
        atServer.close(RejectReason.POLICY);
        assertThat(client.recorder.closed()).isEqualTo(new LinkEnd.ClosedByPeer(RejectReason.POLICY));
    }

    @Test
    void aCancelledUploadDoesNotPayTwiceForTheNext() {
        close();
        List<Integer> reserved = Collections.synchronizedList(new ArrayList<>());
        link(bytes -> {
            reserved.add(bytes);
            return bytes == 1000 ? Duration.ofSeconds(2).toNanos() : 0;
        });
        ask(1, 0, 1000);
        atServer.serve(1, 0, 1000, Contents.SOURCE);
        while (reserved.isEmpty()) {
            Thread.onSpinWait();
        }
        atServer.cancel(1, RejectReason.POLICY);
        assertThat(client.recorder.frame()).isEqualTo(new Frame.RejectRequest(1, RejectReason.POLICY, 0));
        ask(2, 0, 1500);
        atServer.serve(2, 0, 1500, Contents.SOURCE);
        assertThat(receive(2, 0, 1500)).isEqualTo(1500);
        assertThat(reserved).containsExactly(1000, 500);
    }

    @Test
    void aLimitHoldsForTheBytesOfALink() {
        close();
        int rate = 4_000_000;
        link(Throttle.of(Optional.of(new Rate(rate))));
        ask(1, 0, MIB);
        ask(2, MIB, MIB);
        long start = System.nanoTime();
        atServer.serve(1, 0, MIB, Contents.SOURCE);
        atServer.serve(2, MIB, MIB, Contents.SOURCE);
        assertThat(receive(1, 0, MIB) + receive(2, MIB, MIB)).isEqualTo(2 * MIB);
        double seconds = (System.nanoTime() - start) / 1e9;
        double burst = rate / 50.0;
        assertThat(seconds).isGreaterThanOrEqualTo((2.0 * MIB - burst) / rate);
    }

    @Test
    void bytesThatNobodyAskedForAreNeverSent() {
        atServer.serve(9, 0, 10, Contents.SOURCE);
        assertThat(server.recorder.closed()).isInstanceOf(LinkEnd.OwnFault.class);
        assertThat(client.recorder.closed()).isEqualTo(new LinkEnd.ClosedByPeer(RejectReason.OTHER));
    }

    @Test
    void aFrameThatBreaksTheRulesIsNotSent() {
        atServer.send(new Frame.Have(77, 0, 1));
        assertThat(server.recorder.closed()).isInstanceOf(LinkEnd.OwnFault.class);
        assertThat(client.recorder.closed()).isEqualTo(new LinkEnd.ClosedByPeer(RejectReason.OTHER));
    }

    /** Receives data up to {@code length} bytes and compares every one. */
    private int receive(int request, long offset, int length) {
        int got = 0;
        while (got < length) {
            Frame frame = client.recorder.frame();
            assertThat(frame).isInstanceOf(Frame.Data.class);
            Frame.Data data = (Frame.Data) frame;
            assertThat(data.request()).isEqualTo(request);
            assertThat(data.offset()).isEqualTo(offset + got);
            for (ByteBuffer bytes = data.bytes(); bytes.hasRemaining(); got++) {
                if (bytes.get() != Contents.byteAt(offset + got)) {
                    throw new AssertionError("wrong byte at " + (offset + got));
                }
            }
        }
        return got;
    }
}
