package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.origin.OriginAnswer.Kind;
import dev.byway.testing.Faults;
import dev.byway.testing.FaultyServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SmallFetchTest {
    private static final byte[] FILE = Reading.file(40_000);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final OriginClient client = new OriginClient(OriginSettings.defaults("1"));

    @AfterEach
    void closeClient() {
        client.close();
    }

    private OriginAnswer.NoBody missing(FaultyServer server, int maxBytes, Duration within) {
        SmallAnswer answer = client.fetchSmall(server.uri("/f.byway"), maxBytes, RedirectRule.SAME_ORIGIN, within);
        assertThat(answer).isInstanceOf(SmallAnswer.Missing.class);
        return ((SmallAnswer.Missing) answer).why();
    }

    @Test
    void aFileUpToTheLimitIsWhole() throws IOException {
        for (FaultyServer.Script script : List.of(Faults.none(FILE, "\"a\""), Faults.chunked(FILE, 999))) {
            try (FaultyServer server = FaultyServer.start(script)) {
                SmallAnswer answer =
                        client.fetchSmall(server.uri("/f.byway"), FILE.length, RedirectRule.SAME_ORIGIN, LONG);
                assertThat(answer).isInstanceOfSatisfying(SmallAnswer.Complete.class, complete -> {
                    assertThat(complete.bytes().toArray()).isEqualTo(FILE);
                    assertThat(complete.about().asked()).containsExactly(server.uri("/f.byway"));
                });
            }
        }
    }

    @Test
    void aLongerFileIsRefusedWhetherItSaysItsLengthOrNot() throws IOException {
        for (FaultyServer.Script script : List.of(Faults.none(FILE, "\"a\""), Faults.chunked(FILE, 999))) {
            try (FaultyServer server = FaultyServer.start(script)) {
                assertThat(missing(server, FILE.length - 1, LONG).message())
                        .contains("/f.byway is longer than the 39,999 bytes it may have");
            }
        }
    }

    @Test
    void aDrippingServerIsGivenUpInTime() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.slow(FILE, 1, 20))) {
            long started = System.nanoTime();
            OriginAnswer.NoBody why = missing(server, FILE.length, Duration.ofMillis(400));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
            assertThat(why).isInstanceOfSatisfying(OriginAnswer.Failed.class, failed -> {
                assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT);
                assertThat(failed.message()).endsWith("/f.byway did not arrive within 400 ms");
            });
        }
    }

    @Test
    void aRedirectToAnotherOriginIsRefusedHere() throws IOException {
        try (FaultyServer other = FaultyServer.start(Faults.none(FILE, "\"a\""));
                FaultyServer server = FaultyServer.start(
                        Faults.redirects(302, _ -> other.uri("/f").toString()))) {
            assertThat(missing(server, FILE.length, LONG))
                    .isInstanceOfSatisfying(
                            OriginAnswer.Failed.class,
                            failed -> assertThat(failed.kind()).isEqualTo(Kind.REDIRECT_REFUSED));
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void aMissingFileIsMissing() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.status(404, "Not Found", ""))) {
            assertThat(missing(server, 10, LONG)).isInstanceOf(OriginAnswer.Refused.class);
        }
    }
}
