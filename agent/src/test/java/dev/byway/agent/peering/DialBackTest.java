package dev.byway.agent.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.link.LinkEnd;
import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreOptions;
import dev.byway.core.account.Reason;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Membership;
import dev.byway.core.swarm.Neighbours;
import dev.byway.core.wire.Feature;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.Hearing;
import dev.byway.core.wire.ProbeOutcome;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Can you reach me?", both ways. */
class DialBackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final List<InetSocketAddress> dialled = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Frame> answers = new ArrayBlockingQueue<>(16);
    private final QuietLink link = new QuietLink(1, new Membership.Anonymous()) {
        @Override
        public void send(Frame frame) {
            answers.add(frame);
        }

        @Override
        public Frame.Hello hello() {
            return new Frame.Hello(Feature.PROBE, 7680, "answers", "");
        }
    };
    private volatile boolean looking;
    private ContentStore store;
    private Peering peering;

    @BeforeEach
    void open() {
        store = ContentStore.open(folder, StoreOptions.standard());
        peering = new Peering(
                new DeviceId(Digest.sha256(new byte[] {0})),
                store,
                32,
                4,
                new Peering.Dialling() {
                    @Override
                    public Optional<Reason> dial(Neighbours.Dial dial) {
                        return Optional.empty();
                    }

                    @Override
                    public ProbeOutcome dialBack(InetSocketAddress address, DeviceId expected) {
                        dialled.add(address);
                        return ProbeOutcome.REFUSED;
                    }

                    @Override
                    public boolean isLooking() {
                        return looking;
                    }
                },
                ignored -> {},
                new OpenGates());
        peering.onOpened(link);
    }

    @AfterEach
    void close() {
        peering.close();
        store.close();
    }

    @Test
    void thePeerIsDialledWhereItIsAndAtThePortOfItsHello() throws Exception {
        peering.onFrame(link, new Frame.Probe(77));
        assertThat(answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(new Frame.ProbeResult(77, ProbeOutcome.REFUSED, Hearing.NOT_LOOKING));
        assertThat(dialled)
                .containsExactly(new InetSocketAddress(
                        link.remote().getAddress(), link.hello().port()));
    }

    @Test
    void whoAsksIsToldWhetherItIsHeard() throws Exception {
        looking = true;
        String device = awaitPeer().device().toString();
        peering.onFrame(link, new Frame.Probe(1));
        assertThat(hearing()).isEqualTo(Hearing.NOT_HEARD);
        peering.sighted("instance", device, List.of());
        peering.onFrame(link, new Frame.Probe(2));
        assertThat(hearing()).isEqualTo(Hearing.HEARD);
    }

    private Hearing hearing() throws InterruptedException {
        Frame answer = Optional.ofNullable(answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .orElseThrow();
        return ((Frame.ProbeResult) answer).hearing();
    }

    @Test
    void anAnswerReachesWhoAskedAndOnlyThat() throws Exception {
        PeerLink peer = awaitPeer();
        CompletableFuture<Optional<Frame.ProbeResult>> answer =
                CompletableFuture.supplyAsync(() -> peering.askToDialBack(peer, PATIENCE));
        Frame.Probe probe = (Frame.Probe) Optional.ofNullable(answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .orElseThrow();
        Frame.ProbeResult right = new Frame.ProbeResult(probe.nonce(), ProbeOutcome.HANDSHAKE, Hearing.HEARD);
        peering.onFrame(link, new Frame.ProbeResult(probe.nonce() + 1, ProbeOutcome.TIMEOUT, Hearing.HEARD));
        peering.onFrame(link, right);
        assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).contains(right);
    }

    @Test
    void noAnswerIsAwaitedOverALinkThatIsGone() throws Exception {
        PeerLink peer = awaitPeer();
        CompletableFuture<Optional<Frame.ProbeResult>> answer =
                CompletableFuture.supplyAsync(() -> peering.askToDialBack(peer, Duration.ofMinutes(5)));
        assertThat(answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Frame.Probe.class);
        peering.onClosed(link, new LinkEnd.Lost("its cable was pulled"));
        assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void whoDoesNotAnswerIsNotWaitedForLongerThanStated() throws Exception {
        assertThat(peering.askToDialBack(awaitPeer(), Duration.ofMillis(50))).isEmpty();
    }

    private PeerLink awaitPeer() {
        peering.known(1);
        return peering.links().getFirst();
    }
}
