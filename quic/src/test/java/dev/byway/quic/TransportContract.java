package dev.byway.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What links may expect of QUIC, however its datagrams travel. */
@Timeout(60)
abstract class TransportContract {
    private static final int FILE = 8 << 20;
    private static final QuicTimes TIMES =
            new QuicTimes(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(20));

    final TestIdentity anna = new TestIdentity("anna");
    final TestIdentity bert = new TestIdentity("bert");
    final BlockingQueue<QuicStream> atAnna = new LinkedBlockingQueue<>();
    final BlockingQueue<QuicStream> atBert = new LinkedBlockingQueue<>();
    private QuicSocket annas;
    private QuicSocket berts;

    /** A device on the net of this transport. */
    abstract QuicSocket open(QuicSetup setup) throws Exception;

    /** As peers know it. */
    abstract InetSocketAddress addressOf(QuicSocket socket) throws Exception;

    /** Where nobody is. */
    abstract InetSocketAddress nowhere() throws Exception;

    @BeforeEach
    void open() throws Exception {
        anna.trusts(bert);
        bert.trusts(anna);
        annas = open(new QuicSetup(anna::credentials, atAnna::add, TIMES));
        berts = open(new QuicSetup(bert::credentials, atBert::add, TIMES));
    }

    @AfterEach
    void close() {
        annas.close();
        berts.close();
    }

    private static QuicStream connected(ConnectResult result) {
        assertThat(result).isInstanceOf(ConnectResult.Connected.class);
        return ((ConnectResult.Connected) result).stream();
    }

    private static byte[] file(int seed) {
        byte[] bytes = new byte[FILE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private interface Talk {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> run(Talk talk) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                talk.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static void finish(CompletableFuture<?>... talks) throws Exception {
        for (CompletableFuture<?> talk : talks) {
            talk.get(40, TimeUnit.SECONDS);
        }
    }

    private static void exchange(QuicStream one, QuicStream other) throws Exception {
        byte[] there = file(1);
        byte[] back = file(2);
        CompletableFuture<Void> sentThere = run(() -> one.output().write(there));
        CompletableFuture<Void> sentBack = run(() -> other.output().write(back));
        CompletableFuture<Void> gotThere =
                run(() -> assertThat(other.input().readNBytes(FILE)).isEqualTo(there));
        CompletableFuture<Void> gotBack =
                run(() -> assertThat(one.input().readNBytes(FILE)).isEqualTo(back));
        finish(sentThere, sentBack, gotThere, gotBack);
    }

    @Test
    void bytesGoBothWaysAtOnceInOrder() throws Exception {
        QuicStream here = connected(annas.connect(addressOf(berts)));
        here.output().write(0);
        QuicStream there = atBert.take();
        assertThat(there.input().read()).isZero();
        exchange(here, there);
    }

    @Test
    void bothSidesKnowWhoTheOtherIs() throws Exception {
        QuicStream here = connected(annas.connect(addressOf(berts)));
        here.output().write(0);
        QuicStream there = atBert.take();
        assertThat(here.certificates()).containsExactly(bert.certificate());
        assertThat(there.certificates()).containsExactly(anna.certificate());
        assertThat(here.remote()).isEqualTo(addressOf(berts));
        assertThat(there.remote()).isEqualTo(addressOf(annas));
    }

    @Test
    void bothMayDialAtOnceOverTheSameSockets() throws Exception {
        CompletableFuture<ConnectResult> one = new CompletableFuture<>();
        CompletableFuture<ConnectResult> other = new CompletableFuture<>();
        finish(
                run(() -> one.complete(annas.connect(addressOf(berts)))),
                run(() -> other.complete(berts.connect(addressOf(annas)))));
        QuicStream here = connected(one.join());
        QuicStream there = connected(other.join());
        here.output().write(1);
        there.output().write(2);
        assertThat(atBert.take().input().read()).isEqualTo(1);
        assertThat(atAnna.take().input().read()).isEqualTo(2);
    }

    @Test
    void theEndOfOneDirectionLeavesTheOther() throws Exception {
        QuicStream here = connected(annas.connect(addressOf(berts)));
        here.output().write(7);
        here.closeOutput();
        QuicStream there = atBert.take();
        assertThat(there.input().readAllBytes()).containsExactly(7);
        there.output().write(8);
        there.closeOutput();
        assertThat(here.input().readAllBytes()).containsExactly(8);
    }

    @Test
    void whoClosesEndsTheOthersReading() throws Exception {
        QuicStream here = connected(annas.connect(addressOf(berts)));
        here.output().write(7);
        QuicStream there = atBert.take();
        assertThat(there.input().read()).isEqualTo(7);
        here.close();
        assertThatThrownBy(() -> there.input().read()).isInstanceOf(IOException.class);
        assertThat(here.input().read()).isEqualTo(-1);
    }

    @Test
    void aWriterWhosePeerDoesNotReadWaitsAndEndsWithTheConnection() throws Exception {
        QuicStream here = connected(annas.connect(addressOf(berts)));
        CompletableFuture<Void> writing = run(() -> {
            while (true) {
                here.output().write(new byte[FILE]);
            }
        });
        atBert.take();
        assertThat(writing.isDone()).isFalse();
        here.close();
        assertThatThrownBy(() -> writing.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aPeerThatIsNotTrustedIsNotTalkedTo() throws Exception {
        TestIdentity stranger = new TestIdentity("stranger").trusts(anna);
        try (QuicSocket strangers = open(new QuicSetup(stranger::credentials, _ -> {}, TIMES))) {
            assertThat(annas.connect(addressOf(strangers))).isInstanceOf(ConnectResult.NotTrusted.class);
        }
    }

    @Test
    void whoIsNotTrustedLearnsThat() throws Exception {
        TestIdentity stranger = new TestIdentity("stranger").trusts(anna);
        try (QuicSocket strangers = open(new QuicSetup(stranger::credentials, _ -> {}, TIMES))) {
            switch (strangers.connect(addressOf(annas))) {
                case ConnectResult.Connected(QuicStream stream) ->
                    assertThatThrownBy(() -> stream.input().read())
                            .isInstanceOfSatisfying(
                                    QuicClosedException.class,
                                    e -> assertThat(e.alert()).isPresent());
                case ConnectResult.Refused(String _, OptionalInt alert) ->
                    assertThat(alert).isPresent();
                case ConnectResult other -> throw new AssertionError(other);
            }
            assertThat(atAnna).isEmpty();
        }
    }

    @Test
    void aDialToNowhereEndsInTime() throws Exception {
        assertThat(annas.connect(nowhere())).isInstanceOfAny(ConnectResult.NoWay.class, ConnectResult.TimedOut.class);
    }

    @Test
    void aClosedSocketConnectsNowhere() throws Exception {
        InetSocketAddress bert = addressOf(berts);
        annas.close();
        assertThat(annas.connect(bert)).isNotInstanceOf(ConnectResult.Connected.class);
    }
}
