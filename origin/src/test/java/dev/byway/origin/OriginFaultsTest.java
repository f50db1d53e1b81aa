package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.byway.core.content.Validators;
import dev.byway.core.unit.ByteRange;
import dev.byway.origin.OriginAnswer.Kind;
import dev.byway.testing.Faults;
import dev.byway.testing.FaultyServer;
import dev.byway.testing.RefusingPort;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against servers that break off, stall, lie or refuse. */
@Timeout(30)
final class OriginFaultsTest {
    private static final byte[] FILE = Reading.file(100_000);
    private static final OriginLimits SHORT =
            OriginLimits.DEFAULT.withTimes(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(300));

    private final OriginClient client =
            new OriginClient(OriginSettings.defaults("1.2.3").with(SHORT));

    @AfterEach
    void closeClient() {
        client.close();
    }

    private OriginAnswer.Failed failureOf(FaultyServer.Script script, OriginRequestShape shape) throws IOException {
        try (FaultyServer server = FaultyServer.start(script)) {
            return Reading.failed(client.open(shape.of(server.uri("/f"))));
        }
    }

    private OriginAnswer.Failed failureWhileReading(FaultyServer.Script script) throws IOException {
        try (FaultyServer server = FaultyServer.start(script)) {
            OriginAnswer.Body body = Reading.body(client.open(OriginRequest.of(server.uri("/f"))));
            return catchThrowableOfType(OriginFailureException.class, () -> Reading.all(body))
                    .failure();
        }
    }

    @FunctionalInterface
    private interface OriginRequestShape {
        OriginRequest of(URI uri);
    }

    @Test
    void asksForUncompressedBytesUnderItsOwnName() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.none(FILE, "\"a\""))) {
            Reading.all(Reading.body(client.open(OriginRequest.of(server.uri("/a/b?c=d")))));
            assertThat(server.requests().getFirst())
                    .startsWith("GET /a/b?c=d HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
                    .contains("User-Agent: Byway/1.2.3\r\n", "Accept-Encoding: identity\r\n")
                    .doesNotContain("Range:", "Authorization");
        }
    }

    @Test
    void anOriginThatIgnoresRangesIsReportedAsSuch() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.ignoresRanges(FILE))) {
            OriginAnswer.Body body =
                    Reading.body(client.open(OriginRequest.of(server.uri("/f")).part(new ByteRange(50, 10))));
            assertThat(body.about().ranges()).isEqualTo(RangeSupport.NO);
            assertThat(body.about().offset()).isZero();
            assertThat(Reading.all(body)).isEqualTo(FILE);
        }
    }

    @Test
    void aPartOtherThanTheOneAskedForIsRefused() throws IOException {
        OriginAnswer.Failed failed = failureOf(
                Faults.shiftedRange(FILE, 1), uri -> OriginRequest.of(uri).part(new ByteRange(50, 10)));
        assertThat(failed.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failed.message()).contains("sent bytes 51 to 60 though bytes=50-59 was asked for");
    }

    @Test
    void aBodyThatEndsEarlyFailsWithItsCount() throws IOException {
        OriginAnswer.Failed failed = failureWhileReading(Faults.shortBody(FILE, 1234));
        assertThat(failed.kind()).isEqualTo(Kind.SHORT_BODY);
        assertThat(failed.message()).contains("closed the connection after 1,234 of 100,000 bytes");
    }

    @Test
    void aBodyThatStallsFailsWithinTheLimit() throws IOException {
        long started = System.nanoTime();
        OriginAnswer.Failed failed = failureWhileReading(Faults.stallsAfter(FILE, 500));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(SHORT.stall(), Duration.ofSeconds(5));
        assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failed.message()).contains("sent nothing for 300 ms, after 500 of 100,000 bytes");
    }

    @Test
    void aBodyThatIsResetFails() throws IOException {
        assertThat(failureWhileReading(Faults.resetsAfter(FILE, 500)).kind()).isEqualTo(Kind.RESET);
    }

    @Test
    void aServerThatNeverAnswersFailsWithinTheLimit() throws IOException {
        OriginAnswer.Failed failed = failureOf(FaultyServer.Exchange::stall, OriginRequest::of);
        assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failed.message()).contains("did not answer within 300 ms");
    }

    @Test
    void aHeadThatDripsIsBoundedAsAWhole() throws IOException {
        OriginAnswer.Failed failed = failureOf(
                exchange -> {
                    for (int i = 0; i < 1000; i++) {
                        exchange.send("H").pause(50);
                    }
                },
                OriginRequest::of);
        assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void chunksAreJoined() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.chunked(FILE, 777))) {
            for (int i = 0; i < 2; i++) {
                OriginAnswer.Body body = Reading.body(client.open(OriginRequest.of(server.uri("/f"))));
                assertThat(body.about().length()).isEmpty();
                assertThat(Reading.all(body)).isEqualTo(FILE);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aChunkedBodyThatEndsEarlyFails() throws IOException {
        OriginAnswer.Failed failed = failureWhileReading(exchange -> {
            exchange.send("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n");
            exchange.end();
        });
        assertThat(failed.kind()).isEqualTo(Kind.SHORT_BODY);
        assertThat(failed.message()).contains("after 5 of an unknown number of bytes");
    }

    @Test
    void aSlowBodyIsNoStall() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.slow(Reading.file(50), 10, 100))) {
            assertThat(Reading.all(Reading.body(client.open(OriginRequest.of(server.uri("/f"))))))
                    .hasSize(50);
        }
    }

    @Test
    void anotherEtagInThePartMeansChanged() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.changesAfter(1, FILE, Reading.file(100_001)))) {
            OriginRequest request = OriginRequest.of(server.uri("/f")).part(new ByteRange(0, 10));
            OriginAnswer.Body first = Reading.body(client.open(request));
            assertThat(Reading.all(first)).isEqualTo(Arrays.copyOf(FILE, 10));
            Validators onlyTag =
                    new Validators(first.about().validators().etag(), Optional.empty(), OptionalLong.empty());
            assertThat(client.open(request.sameAs(onlyTag)))
                    .isInstanceOfSatisfying(
                            OriginAnswer.Changed.class,
                            changed -> assertThat(changed.message()).contains("its ETag was \"v1\" and now is \"v2\""));
            assertThat(server.requests().getLast()).contains("If-Range: \"v1\"");
        }
    }

    @Test
    void aCompressedAnswerIsRefusedUnlessTheFileIsNamedSo() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.compressesAnyway(FILE))) {
            OriginAnswer.Failed failed = Reading.failed(client.open(OriginRequest.of(server.uri("/f.txt"))));
            assertThat(failed.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(failed.message()).contains("/f.txt: the origin sends the file compressed (Content-Encoding)");
            assertThat(Reading.all(Reading.body(client.open(OriginRequest.of(server.uri("/f.tar.gz"))))))
                    .isEqualTo(FILE);
        }
    }

    @Test
    void hugeHeadersAreRefused() throws IOException {
        OriginAnswer.Failed failed = failureOf(Faults.hugeHeaders(100_000), OriginRequest::of);
        assertThat(failed.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failed.message()).contains("longer than 65,536 bytes");
    }

    @Test
    void refusalsCarryStatusAdviceAndWaitingTime() throws IOException {
        for (List<Object> each : List.<List<Object>>of(
                List.of(403, "Forbidden", "", "does not give this file to you"),
                List.of(401, "Unauthorized", "", "--header"),
                List.of(500, "Oops", "", "the server has a fault"),
                List.of(503, "Busy", "Retry-After: 120\n", "asks to wait 120 s"))) {
            try (FaultyServer server =
                    FaultyServer.start(Faults.status((int) each.get(0), (String) each.get(1), (String) each.get(2)))) {
                OriginAnswer answer = client.open(OriginRequest.of(server.uri("/f")));
                assertThat(answer).isInstanceOfSatisfying(OriginAnswer.Refused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(each.get(0));
                    assertThat(refused.message()).contains((String) each.get(3));
                    assertThat(refused.retryAfter().isPresent()).isEqualTo(refused.status() == 503);
                });
            }
        }
    }

    @Test
    void anAnswerThatIsNotHttpIsRefused() throws IOException {
        assertThat(failureOf(exchange -> exchange.send("SSH-2.0-OpenSSH_9\n\n"), OriginRequest::of)
                        .message())
                .contains("the answer is not HTTP/1.1");
        assertThat(failureOf(FaultyServer.Exchange::end, OriginRequest::of).kind())
                .isEqualTo(Kind.RESET);
    }

    @Test
    void aWaitingConnectionThatTheServerClosedIsReplacedWithoutTrouble() throws IOException {
        try (FaultyServer server = FaultyServer.start(exchange -> {
            Faults.none(FILE, "\"a\"").answer(exchange);
            exchange.end();
        })) {
            for (int i = 0; i < 3; i++) {
                OriginRequest request = OriginRequest.of(server.uri("/f"));
                assertThat(Reading.all(Reading.body(client.open(request)))).isEqualTo(FILE);
            }
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aBodyWithoutLengthEndsWithTheConnection() throws IOException {
        try (FaultyServer server = FaultyServer.start(exchange -> {
            exchange.send("HTTP/1.0 200 OK\n\nhello");
            exchange.end();
        })) {
            OriginAnswer.Body body = Reading.body(client.open(OriginRequest.of(server.uri("/f"))));
            assertThat(Reading.all(body)).asString().isEqualTo("hello");
        }
    }

    @Test
    void closingABodyEarlyEndsTheTransferAtOnce() throws Exception {
        try (FaultyServer server = FaultyServer.start(Faults.slow(FILE, 10, 20))) {
            OriginAnswer.Body body = Reading.body(client.open(OriginRequest.of(server.uri("/f"))));
            assertThat(body.bytes().read(new byte[5], 0, 5)).isEqualTo(5);
            long started = System.nanoTime();
            body.close();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(200));
            await(() -> server.vanished() == 1);
            assertThat(catchThrowableOfType(
                                    OriginFailureException.class,
                                    () -> body.bytes().read(new byte[5], 0, 5))
                            .failure()
                            .kind())
                    .isEqualTo(Kind.CANCELLED);
        }
    }

    @Test
    void closingFromAnotherThreadUnblocksTheReader() throws Exception {
        OriginClient patient = new OriginClient(OriginSettings.defaults("1"));
        try (patient;
                FaultyServer server = FaultyServer.start(Faults.stallsAfter(FILE, 5))) {
            OriginAnswer.Body body = Reading.body(patient.open(OriginRequest.of(server.uri("/f"))));
            AtomicInteger read = new AtomicInteger();
            Thread closer = Thread.ofVirtual().start(() -> {
                await(() -> read.get() == 5);
                body.close();
            });
            byte[] buffer = new byte[100];
            OriginFailureException failure = catchThrowableOfType(OriginFailureException.class, () -> {
                while (true) {
                    read.addAndGet(body.bytes().read(buffer, 0, 100));
                }
            });
            assertThat(failure.failure().kind()).isEqualTo(Kind.CANCELLED);
            assertThat(failure.getMessage()).contains("was stopped after 5 of 100,000 bytes");
            closer.join();
        }
    }

    @Test
    void anUnknownHostAClosedPortAndAForeignSchemeAreNamed() throws IOException {
        OriginAnswer.Failed unknown = Reading.failed(new OriginClient(
                        OriginSettings.defaults("1"),
                        host -> {
                            throw new UnknownHostException(host);
                        },
                        InstantSource.system())
                .open(OriginRequest.of(URI.create("http://exmaple.invalid/f"))));
        assertThat(unknown.kind()).isEqualTo(Kind.DNS);
        assertThat(unknown.message())
                .isEqualTo("cannot resolve \"exmaple.invalid\" (DNS): check the name or your DNS server");
        try (RefusingPort port = RefusingPort.open()) {
            OriginAnswer.Failed closed =
                    Reading.failed(client.open(OriginRequest.of(URI.create("http://" + port.hostAndPort() + "/f"))));
            assertThat(closed.kind()).isEqualTo(Kind.CONNECT);
            assertThat(closed.message())
                    .isEqualTo("cannot connect to " + port.hostAndPort()
                            + ": connection refused; check host and port, and that the server runs");
        }
        OriginAnswer.Failed ftp = Reading.failed(client.open(OriginRequest.of(URI.create("ftp://h/f"))));
        assertThat(ftp.message()).isEqualTo("ftp://h/f: Byway fetches http and https addresses, not ftp:");
    }

    @Test
    void aDnsServerThatNeverAnswersFailsWithinTheLimit() {
        OriginClient stuck = new OriginClient(
                OriginSettings.defaults("1")
                        .with(OriginLimits.DEFAULT.withTimes(
                                Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(1))),
                _ -> {
                    throw sleepy();
                },
                InstantSource.system());
        OriginAnswer.Failed failed = Reading.failed(stuck.open(OriginRequest.of(URI.create("http://slow.test/"))));
        assertThat(failed.kind()).isEqualTo(Kind.DNS);
        assertThat(failed.message()).contains("200 ms without an answer");
    }

    private static RuntimeException sleepy() {
        try {
            Thread.sleep(2000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return new IllegalStateException("too late");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
