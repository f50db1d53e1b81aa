package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import dev.byway.core.wire.WireLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How links end, and that they always do. */
class LinkEndTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final int MIB = 1024 * 1024;

    @Test
    void closingIsPromptAndBothEndsLearnTheReason() {
        try (TestNode alice = TestNode.anonymous();
                TestNode bob = TestNode.anonymous()) {
            Link link = alice.link(bob.listen().address());
            bob.recorder.opened();
            long start = System.nanoTime();
            link.close(RejectReason.SHUTTING_DOWN);
            assertThat(alice.recorder.closed()).isEqualTo(new LinkEnd.ClosedHere(RejectReason.SHUTTING_DOWN));
            assertThat(bob.recorder.closed()).isEqualTo(new LinkEnd.ClosedByPeer(RejectReason.SHUTTING_DOWN));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void theEndIsToldOnceHoweverManyCloseIt() throws Exception {
        try (TestNode alice = TestNode.anonymous();
                TestNode bob = TestNode.anonymous()) {
            Link atAlice = alice.link(bob.listen().address());
            Link atBob = bob.recorder.opened();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Link link = i % 2 == 0 ? atAlice : atBob;
                threads.add(Thread.ofVirtual().start(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        return;
                    }
                    link.close(RejectReason.OTHER);
                }));
            }
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            alice.recorder.closed();
            bob.recorder.closed();
            assertThat(alice.recorder.allClosed()).hasSize(1);
            assertThat(bob.recorder.allClosed()).hasSize(1);
            atAlice.send(new Frame.KeepAlive());
            atAlice.close(RejectReason.OTHER);
            atAlice.serve(1, 0, 1, Contents.SOURCE);
            atAlice.cancel(1, RejectReason.OTHER);
        }
    }

    @Test
    void closingDoesNotWaitForAPeerThatTakesNothing() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode other = TestNode.anonymous();
                RawPeer deaf = RawPeer.dial(node.listen().address(), other.tls)) {
            Link link = stuff(node, deaf);
            long start = System.nanoTime();
            link.close(RejectReason.SHUTTING_DOWN);
            assertThat(node.recorder.closed()).isEqualTo(new LinkEnd.ClosedHere(RejectReason.SHUTTING_DOWN));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void aPeerThatTakesNothingLosesTheLink() throws Exception {
        try (TestNode node = TestNode.anonymous(TestTimes.life(LONG, LONG, SHORT));
                TestNode other = TestNode.anonymous();
                RawPeer deaf = RawPeer.dial(node.listen().address(), other.tls)) {
            stuff(node, deaf);
            assertThat(node.recorder.closed()).isInstanceOf(LinkEnd.Stalled.class);
        }
    }

    /** Has a peer ask for 32 MiB, more than the buffers of both kernels hold, and starts to send. */
    private static Link stuff(TestNode node, RawPeer peer) throws IOException {
        peer.hello().say(Contents.open(1, 64L * MIB));
        for (int i = 0; i < 32; i++) {
            peer.say(new Frame.Request(1, i, (long) i * MIB, MIB));
        }
        Link link = node.recorder.opened();
        assertThat(node.recorder.frame()).isInstanceOf(Frame.Open.class);
        for (int i = 0; i < 32; i++) {
            assertThat(node.recorder.frame()).isInstanceOf(Frame.Request.class);
            link.serve(i, (long) i * MIB, MIB, Contents.SOURCE);
        }
        return link;
    }

    @Test
    void aPeerThatIsSilentLosesTheLink() throws Exception {
        try (TestNode node = TestNode.anonymous(TestTimes.life(SHORT, SHORT.multipliedBy(2), LONG));
                TestNode other = TestNode.anonymous();
                RawPeer silent = RawPeer.dial(node.listen().address(), other.tls)) {
            silent.hello();
            assertThat(node.recorder.closed()).isInstanceOf(LinkEnd.Silent.class);
            assertThat(silent.read()).contains(node.setup.hello().get());
            assertThat(silent.read()).contains(new Frame.KeepAlive());
        }
    }

    @Test
    void keepAlivesKeepAnIdleLink() throws Exception {
        LinkTimes times = TestTimes.life(SHORT.dividedBy(4), SHORT.multipliedBy(4), LONG);
        try (TestNode alice = TestNode.anonymous(times);
                TestNode bob = TestNode.anonymous(times)) {
            Link link = alice.link(bob.listen().address());
            Link atBob = bob.recorder.opened();
            Thread.sleep(times.silence().multipliedBy(2));
            assertThat(alice.recorder.allClosed()).isEmpty();
            assertThat(bob.recorder.allClosed()).isEmpty();
            assertThat(link.silence()).isLessThan(times.silence());
            assertThat(atBob.silence()).isLessThan(times.silence());
        }
    }

    @Test
    void aPeerThatDiesIsNoticed() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode other = TestNode.anonymous()) {
            RawPeer peer = RawPeer.dial(node.listen().address(), other.tls);
            stuff(node, peer);
            peer.kill();
            assertThat(node.recorder.closed()).isInstanceOf(LinkEnd.Lost.class);
        }
    }

    @Test
    void garbageEndsTheLinkWithABan() throws Exception {
        byte[] zero = new byte[200];
        byte[] huge =
                ByteBuffer.allocate(9).putInt(Integer.MAX_VALUE).put((byte) 7).array();
        byte[] negative = ByteBuffer.allocate(9).putInt(-5).put((byte) 7).array();
        byte[] tooLong = ByteBuffer.allocate(9)
                .putInt(WireLimits.FRAME + 1)
                .put((byte) 200)
                .array();
        for (byte[] garbage : List.of(zero, huge, negative, tooLong)) {
            try (TestNode node = TestNode.anonymous();
                    TestNode other = TestNode.anonymous();
                    RawPeer peer = RawPeer.dial(node.listen().address(), other.tls)) {
                peer.hello().send(garbage);
                assertThat(peer.read()).containsInstanceOf(Frame.Hello.class);
                assertThat(peer.read()).contains(new Frame.Bye(RejectReason.BANNED));
                assertThat(peer.read()).isEmpty();
                assertThat(node.recorder.closed()).isInstanceOf(LinkEnd.PeerFault.class);
            }
        }
    }

    @Test
    void aFrameOutOfOrderEndsTheLinkAndIsNotPassedOn() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode other = TestNode.anonymous();
                RawPeer peer = RawPeer.dial(node.listen().address(), other.tls)) {
            peer.hello().say(new Frame.Have(3, 0, 1));
            assertThat(node.recorder.closed()).isInstanceOf(LinkEnd.PeerFault.class);
            assertThat(peer.read()).containsInstanceOf(Frame.Hello.class);
            assertThat(peer.read()).contains(new Frame.Bye(RejectReason.BANNED));
        }
    }

    @Test
    void garbageInPlaceOfAHelloNeverReachesTheHandler() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode other = TestNode.anonymous();
                RawPeer peer = RawPeer.dial(node.listen().address(), other.tls)) {
            peer.send(new byte[100]);
            Optional<Frame> frame = peer.read();
            while (frame.isPresent()) {
                frame = peer.read();
            }
            node.recorder.openedNothing();
        }
    }

    @Test
    void controlFramesThatThePeerDoesNotTakeOverflow() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode other = TestNode.anonymous();
                RawPeer deaf = RawPeer.dial(node.listen().address(), other.tls)) {
            deaf.hello();
            Link link = node.recorder.opened();
            int pieceLength = 16 * 1024;
            ByteString bits = ByteString.of(new byte[WireLimits.PIECES / 8]);
            for (int channel = 0; channel < WireLimits.CHANNELS; channel++) {
                ContentId content = new ContentId(
                        Digest.sha256(new byte[] {(byte) channel}), (long) pieceLength * WireLimits.PIECES);
                link.send(new Frame.Open(channel, content, pieceLength, true, ByteString.EMPTY));
                link.send(new Frame.Bitfield(channel, bits));
            }
            assertThat(node.recorder.closed())
                    .isInstanceOfSatisfying(
                            LinkEnd.Overflow.class,
                            end -> assertThat(end.bytes()).isLessThanOrEqualTo(Outbox.CONTROL_BYTES));
        }
    }

    @Test
    void aHandlerThatFailsEndsItsLinkOnly() {
        try (TestNode alice = TestNode.anonymous();
                TestNode bob = TestNode.anonymous()) {
            var address = bob.listen().address();
            Link link = alice.link(address);
            bob.recorder.opened();
            bob.recorder.whenFrame((l, frame) -> {
                throw new IllegalStateException("a defect");
            });
            link.send(new Frame.Probe(1));
            assertThat(bob.recorder.closed()).isInstanceOf(LinkEnd.OwnFault.class);
            bob.recorder.whenFrame((l, frame) -> {});
            assertThat(alice.dial(address)).isInstanceOf(DialResult.Linked.class);
        }
    }

    @Test
    void whatTheLinkSendsItselfCannotBeSentThroughIt() {
        try (TestNode alice = TestNode.anonymous();
                TestNode bob = TestNode.anonymous()) {
            Link link = alice.link(bob.listen().address());
            for (Frame frame : List.of(
                    RawPeer.HELLO, new Frame.Bye(RejectReason.OTHER), new Frame.Data(1, 0, ByteBuffer.allocate(1)))) {
                assertThatThrownBy(() -> link.send(frame)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
