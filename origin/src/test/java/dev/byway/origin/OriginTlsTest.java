package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.origin.OriginAnswer.Kind;
import dev.byway.testing.Faults;
import dev.byway.testing.FaultyServer;
import dev.byway.testing.TestCa;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that must not be accepted, and what is said about them. */
@Timeout(30)
final class OriginTlsTest {
    @TempDir
    Path folder;

    private final TestCa ca = new TestCa("Test Root");

    private String refusal(TestCa.Issued certificate, TrustAnchors anchors) throws IOException {
        try (FaultyServer server = FaultyServer.startTls(certificate, Faults.none(new byte[1], "\"a\""));
                OriginClient client =
                        new OriginClient(OriginSettings.defaults("1").with(anchors))) {
            OriginAnswer.Failed failed = Reading.failed(client.open(OriginRequest.of(server.uri("/f"))));
            assertThat(failed.kind()).isEqualTo(Kind.TLS);
            assertThat(failed.message()).startsWith("no secure connection to localhost:" + server.port() + ": ");
            assertThat(server.requests()).isEmpty();
            return failed.message();
        }
    }

    @Test
    void anUnknownIssuerIsNamed() throws IOException {
        assertThat(refusal(ca.issue("localhost"), TrustAnchors.platform()))
                .contains("the certificate \"CN=localhost\" was issued by CN=Test Root, which is not trusted here")
                .contains("add it with origin.ca");
    }

    @Test
    void anExpiredCertificateIsNamedWithItsDate() throws IOException {
        Instant until = Instant.parse("2024-01-02T03:04:05Z");
        assertThat(refusal(
                        ca.issue(until.minus(Duration.ofDays(30)), until, "localhost"),
                        TrustAnchors.platformAnd(ca.certificateIn(folder))))
                .contains("the certificate \"CN=localhost\" expired at 2024-01-02T03:04:05Z");
    }

    @Test
    void aCertificateOfTheFutureMakesOneThinkOfTheClock() throws IOException {
        Instant from = Instant.now().plus(Duration.ofDays(10));
        assertThat(refusal(
                        ca.issue(from, from.plus(Duration.ofDays(1)), "localhost"),
                        TrustAnchors.platformAnd(ca.certificateIn(folder))))
                .contains("is valid only from", "check this machine's clock");
    }

    @Test
    void aCertificateForAnotherHostSaysForWhich() throws IOException {
        assertThat(refusal(
                        ca.issue("a.example", "b.example", "10.1.2.3"),
                        TrustAnchors.platformAnd(ca.certificateIn(folder))))
                .contains("the certificate is for a.example, b.example, 10.1.2.3, not for this host");
    }

    @Test
    void aServerThatStallsInTheHandshakeIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0);
                OriginClient client = new OriginClient(OriginSettings.defaults("1")
                        .with(OriginLimits.DEFAULT.withTimes(
                                Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofSeconds(20))))) {
            URI uri = URI.create("https://localhost:" + silent.getLocalPort() + "/");
            OriginAnswer.Failed failed = Reading.failed(client.open(OriginRequest.of(uri)));
            assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failed.message()).contains("did not finish the TLS handshake within 300 ms");
        }
    }

    @Test
    void aServerThatHangsUpInTheHandshakeIsATlsFailure() throws IOException {
        try (ServerSocket rude = new ServerSocket(0);
                OriginClient client = new OriginClient(OriginSettings.defaults("1"))) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = rude.accept()) {
                    assertThat(socket.getInputStream().read()).isNotNegative();
                } catch (IOException _) {
                    // the client notices
                }
            });
            URI uri = URI.create("https://localhost:" + rude.getLocalPort() + "/");
            assertThat(Reading.failed(client.open(OriginRequest.of(uri))).kind())
                    .isEqualTo(Kind.TLS);
        }
    }

    @Test
    void aFileOfAuthoritiesThatIsNoneIsRefusedWithItsName() throws IOException {
        Path none = folder.resolve("none.pem");
        assertThatThrownBy(() -> TrustAnchors.platformAnd(none))
                .isInstanceOf(OriginSettingException.class)
                .hasMessageContaining("cannot read the CA certificates in " + none);
        Path text = Files.writeString(folder.resolve("text.pem"), "hello");
        assertThatThrownBy(() -> TrustAnchors.platformAnd(text))
                .isInstanceOf(OriginSettingException.class)
                .hasMessageContaining(text.toString());
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> TrustAnchors.platformAnd(empty))
                .isInstanceOf(OriginSettingException.class)
                .hasMessageContaining("holds no certificate");
    }
}
