package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.origin.OriginAnswer.Kind;
import dev.byway.testing.Faults;
import dev.byway.testing.FaultyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class OriginSessionTest {
    private static final byte[] FILE = Reading.file(100_000);

    private final OriginClient client = new OriginClient(OriginSettings.defaults("1"));

    private static CompletableFuture<OriginAnswer> async(OriginSession session, URI uri) {
        return CompletableFuture.supplyAsync(
                () -> session.open(OriginRequest.of(uri)),
                task -> Thread.ofVirtual().start(task));
    }

    @Test
    void noMoreThanTheAllowedBodiesOfOneOriginAreOpenAtOnce() throws Exception {
        try (FaultyServer server = FaultyServer.start(Faults.stallsAfter(FILE, 1));
                FaultyServer other = FaultyServer.start(Faults.none(FILE, "\"a\""));
                OriginSession session = client.session(2)) {
            OriginAnswer.Body first = Reading.body(session.open(OriginRequest.of(server.uri("/1"))));
            try (OriginAnswer.Body _ = Reading.body(session.open(OriginRequest.of(server.uri("/2"))))) {
                CompletableFuture<OriginAnswer> third = async(session, server.uri("/3"));
                Assertions.assertThatThrownBy(() -> third.get(200, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                assertThat(server.requests()).hasSize(2);
                Reading.all(Reading.body(session.open(OriginRequest.of(other.uri("/f")))));
                first.close();
                Reading.body(third.get(10, TimeUnit.SECONDS)).close();
            }
        }
    }

    @Test
    void readingToTheEndAndFailingGiveTheSlotBack() throws IOException {
        try (FaultyServer server = FaultyServer.start(exchange -> (exchange.number() % 2 == 0
                                ? Faults.none(FILE, "\"a\"")
                                : Faults.status(404, "Not Found", ""))
                        .answer(exchange));
                OriginSession session = client.session(1)) {
            for (int i = 0; i < 4; i++) {
                if (session.open(OriginRequest.of(server.uri("/f"))) instanceof OriginAnswer.Body body) {
                    assertThat(Reading.all(body)).isEqualTo(FILE);
                }
            }
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void closingUnblocksEverybodyWhereverTheyWait() throws Exception {
        CountDownLatch dns = new CountDownLatch(1);
        NameResolver slow = _ -> {
            try {
                dns.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return List.of(InetAddress.ofLiteral("127.0.0.1"));
        };
        try (FaultyServer mute = FaultyServer.start(FaultyServer.Exchange::stall);
                FaultyServer stalling = FaultyServer.start(Faults.stallsAfter(FILE, 1));
                OriginClient own = new OriginClient(OriginSettings.defaults("1"), slow, InstantSource.system())) {
            OriginSession session = own.session(1);
            List<CompletableFuture<OriginAnswer>> waiting = new ArrayList<>();
            waiting.add(async(session, URI.create("http://slow.test/dns")));
            waiting.add(async(session, mute.uri("/first-byte")));
            OriginAnswer.Body body = Reading.body(session.open(OriginRequest.of(stalling.uri("/body"))));
            for (int i = 0; i < 3; i++) {
                waiting.add(async(session, stalling.uri("/slot")));
            }
            CompletableFuture<OriginFailureException> reader = CompletableFuture.supplyAsync(
                    () -> Assertions.catchThrowableOfType(OriginFailureException.class, () -> Reading.all(body)),
                    task -> Thread.ofVirtual().start(task));
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (mute.requests().isEmpty() || body.bytes().count() == 0) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            session.close();
            for (CompletableFuture<OriginAnswer> each : waiting) {
                OriginAnswer.Failed failed = Reading.failed(each.get(5, TimeUnit.SECONDS));
                assertThat(failed.kind()).isEqualTo(Kind.CANCELLED);
                assertThat(failed.message()).isEqualTo("the download was stopped");
            }
            assertThat(reader.get(5, TimeUnit.SECONDS).failure().kind()).isEqualTo(Kind.CANCELLED);
            assertThat(Reading.failed(session.open(OriginRequest.of(mute.uri("/later"))))
                            .kind())
                    .isEqualTo(Kind.CANCELLED);
        } finally {
            dns.countDown();
        }
    }

    @Test
    void interruptingAVirtualThreadStopsItsRequest() throws IOException, InterruptedException, ExecutionException {
        try (FaultyServer mute = FaultyServer.start(FaultyServer.Exchange::stall);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Thread> runner = new CompletableFuture<>();
            var answer = threads.submit(() -> {
                runner.complete(Thread.currentThread());
                return client.open(OriginRequest.of(mute.uri("/f")));
            });
            runner.get().interrupt();
            assertThat(Reading.failed(answer.get()).kind()).isEqualTo(Kind.CANCELLED);
        }
    }
}
