package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.byway.core.content.Digest;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A link under load, every byte verified. Prints what it costs: CPU seconds for both ends and the hashing together; only
 * that all arrives is asserted, since the machine may be busy.
 */
@Tag("long")
class LinkTransferLongTest {
    private static final int PIECE = Contents.PIECE;
    private static final int PIECES = 1024;
    private static final int IN_FLIGHT = 8;
    private static final int PATTERNS = 4;
    private static final int IDLE_LINKS = 200;

    /** Asks for all pieces of the other side's content, verifies them one after the other, and serves its own. */
    private static final class Swap implements LinkHandler {
        private final byte[][] patterns = new byte[PATTERNS][PIECE];
        private final Digest[] expected = new Digest[PATTERNS];
        private final MessageDigest hashing = Digest.newSha256();
        private final CountDownLatch done = new CountDownLatch(PIECES);
        private final AtomicReference<String> trouble = new AtomicReference<>("");
        private int next;

        Swap() {
            for (int i = 0; i < PATTERNS; i++) {
                for (int j = 0; j < PIECE; j++) {
                    patterns[i][j] = Contents.byteAt((long) i * PIECE + j);
                }
                expected[i] = Digest.sha256(patterns[i]);
            }
        }

        @Override
        public void onOpened(Link link) {
            link.send(Contents.open(1, (long) PIECES * PIECE));
        }

        @Override
        public void onFrame(Link link, Frame frame) {
            if (frame instanceof Frame.Open) {
                for (int i = 0; i < IN_FLIGHT; i++) {
                    askNext(link);
                }
            } else if (frame instanceof Frame.Request(int channel, int request, long offset, int length)) {
                link.serve(request, offset, length, this::read);
            } else if (frame instanceof Frame.Data(int request, long offset, ByteBuffer bytes)) {
                boolean last = (offset + bytes.remaining()) % PIECE == 0;
                hashing.update(bytes);
                if (last) {
                    verify(request);
                    askNext(link);
                }
            }
        }

        private void askNext(Link link) {
            if (next < PIECES) {
                link.send(new Frame.Request(1, next, (long) next * PIECE, PIECE));
                next++;
            }
        }

        private void verify(int piece) {
            Digest found = Digest.of(hashing.digest());
            if (!found.equals(expected[piece % PATTERNS])) {
                trouble.set("piece " + piece + " is wrong");
            }
            done.countDown();
        }

        private int read(long offset, byte[] into, int at, int length) {
            int piece = (int) (offset / PIECE);
            System.arraycopy(patterns[piece % PATTERNS], (int) (offset % PIECE), into, at, length);
            return length;
        }

        @Override
        public void onSending(Link link, int bytes) {}

        @Override
        public void onServed(Link link, int request, int bytes, ServeOutcome outcome) {}

        @Override
        public void onClosed(Link link, LinkEnd end) {
            if (done.getCount() > 0) {
                trouble.compareAndSet("", end.text());
            }
        }
    }

    @Test
    void aGibibyteEachWayArrivesWhole() throws Exception {
        for (int round = 0; round < 3; round++) {
            swap(round);
        }
    }

    private static void swap(int round) throws Exception {
        Swap left = new Swap();
        Swap right = new Swap();
        try (TestNode a = TestNode.anonymous();
                TestNode b = TestNode.anonymous()) {
            LinkSetup leftSetup = with(a, left);
            LinkSetup rightSetup = with(b, right);
            long cpu = cpuNanos();
            long start = System.nanoTime();
            try (LinkListener listener =
                    ((ListenResult.Listening) LinkListener.listen(TestNode.loopback(1), 0, rightSetup)).listener()) {
                DialResult dialled =
                        new LinkDialler(leftSetup, Optional.empty()).dial(listener.address(), Optional.of(b.id()));
                Link link = ((DialResult.Linked) dialled).link();
                assertThat(left.done.await(10, TimeUnit.MINUTES)).isTrue();
                assertThat(right.done.await(10, TimeUnit.MINUTES)).isTrue();
                link.close(RejectReason.SHUTTING_DOWN);
            }
            long cpuUsed = cpuNanos() - cpu;
            long time = System.nanoTime() - start;
            assertThat(left.trouble.get()).isEmpty();
            assertThat(right.trouble.get()).isEmpty();
            double gb = 2.0 * PIECES * PIECE / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %.2f GB over one link, %.2f CPU-s/GB (send + receive + SHA-256), %.2f GB/s%n",
                    round,
                    gb,
                    cpuUsed / 1e9 / gb,
                    gb / (time / 1e9));
        }
    }

    private static LinkSetup with(TestNode node, LinkHandler handler) {
        return new LinkSetup(node.setup.tls(), node.setup.hello(), handler, Throttle.NONE, LinkTimes.STANDARD);
    }

    @Test
    void idleLinksAreSmall() throws Exception {
        try (TestNode a = TestNode.anonymous();
                TestNode b = TestNode.anonymous()) {
            LinkListener listener = b.listen();
            a.link(listener.address());
            List<Link> links = new ArrayList<>();
            long before = usedHeap();
            long start = System.nanoTime();
            for (int i = 0; i < IDLE_LINKS; i++) {
                links.add(a.link(listener.address()));
            }
            long handshakes = System.nanoTime() - start;
            long perEnd = (usedHeap() - before) / (2L * links.size());
            System.out.printf(
                    Locale.ROOT,
                    "an idle end of a link holds %d KiB of heap; %d handshakes at %.1f ms each%n",
                    perEnd / 1024,
                    links.size(),
                    handshakes / 1e6 / links.size());
            assertThat(perEnd).isLessThan(128 * 1024);
        }
    }

    /** The heap in use once it no longer shrinks: links of other tests take half a second to go. */
    private static long usedHeap() throws InterruptedException {
        long smallest = Long.MAX_VALUE;
        int settled = 0;
        for (int i = 0; i < 100 && settled < 10; i++) {
            System.gc();
            Thread.sleep(100);
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            settled = used < smallest - 64 * 1024 ? 0 : settled + 1;
            smallest = Math.min(smallest, used);
        }
        return smallest;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
