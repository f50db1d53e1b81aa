package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.doctor.microsoft.ServiceSeen;
import dev.byway.testing.Faults;
import dev.byway.testing.FaultyServer;
import dev.byway.testing.TestCa;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How far it comes, at real servers. */
@Timeout(30)
final class ServiceTrialTest {
    @TempDir
    Path folder;

    private final TestCa ca = new TestCa("Test Root");

    private static ServiceSeen.Step tried(TestCa.Issued certificate, TrustAnchors anchors) throws IOException {
        try (FaultyServer server = FaultyServer.startTls(certificate, Faults.none(new byte[1], "\"a\""))) {
            return ServiceTrial.of(
                    "localhost", server.port(), OriginSettings.defaults("1").with(anchors));
        }
    }

    @Test
    void aTrustedCertificateTellsWhoSignedIt() throws IOException {
        assertThat(tried(ca.issue("localhost"), TrustAnchors.platformAnd(ca.certificateIn(folder))))
                .isEqualTo(new ServiceSeen.Trusted("CN=Test Root"));
    }

    @Test
    void aStrangersCertificateTellsItToo() throws IOException {
        assertThat(tried(ca.issue("localhost"), TrustAnchors.platform()))
                .isInstanceOfSatisfying(ServiceSeen.Doubted.class, doubted -> {
                    assertThat(doubted.issuer()).isEqualTo("CN=Test Root");
                    assertThat(doubted.stranger()).isTrue();
                });
    }

    @Test
    void anExpiredCertificateAndOneForAnotherHostAreNoStrangers() throws IOException {
        Instant until = Instant.parse("2024-01-02T03:04:05Z");
        assertThat(tried(
                        ca.issue(until.minus(Duration.ofDays(30)), until, "localhost"),
                        TrustAnchors.platformAnd(ca.certificateIn(folder))))
                .isInstanceOfSatisfying(ServiceSeen.Doubted.class, doubted -> {
                    assertThat(doubted.stranger()).isFalse();
                    assertThat(doubted.why()).contains("expired");
                });
        assertThat(tried(ca.issue("a.example"), TrustAnchors.platformAnd(ca.certificateIn(folder))))
                .isInstanceOfSatisfying(
                        ServiceSeen.Doubted.class,
                        doubted -> assertThat(doubted.stranger()).isFalse());
    }

    @Test
    void aServerThatSaysNothingIsLeftInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(ServiceTrial.of("localhost", silent.getLocalPort(), OriginSettings.defaults("1")))
                    .isEqualTo(new ServiceSeen.Broken("no TLS handshake within 3 s"));
        }
    }

    @Test
    void aClosedPortAndANameThatIsNoneEndEarlier() throws IOException {
        int port;
        try (ServerSocket once = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = once.getLocalPort();
        }
        assertThat(ServiceTrial.of("127.0.0.1", port, OriginSettings.defaults("1")))
                .isInstanceOfSatisfying(
                        ServiceSeen.Unconnected.class,
                        closed -> assertThat(closed.why()).contains("127.0.0.1, TCP " + port, "refused"));
        assertThat(ServiceTrial.of("no.such.name.invalid", 443, OriginSettings.defaults("1")))
                .isInstanceOf(ServiceSeen.Unresolved.class);
    }
}
