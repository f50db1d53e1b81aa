package dev.byway.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.fleet.CallLimits;
import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.CoordinatorUnreachableException;
import dev.byway.agent.fleet.Credential;
import dev.byway.agent.fleet.FleetAddress;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.fleet.Joining;
import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCertificate;
import dev.byway.agent.identity.FleetCredentials;
import dev.byway.agent.identity.PeerTls;
import dev.byway.agent.identity.PeerTrust;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.EnrolledDevice;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.Membership;
import dev.byway.core.fleet.PeerIdentity;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.fleet.Secret;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {
    @TempDir
    Path folder;

    @Test
    void aDeviceJoinsAndItsCertificateNamesItsKeyAndGroups() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            TestFleet.Member device = fleet.join("artists", "builders");

            PeerTrust peer =
                    PeerTrust.ofFleet(fleet.newKey().id(), device.credentials().ca(), false, InstantSource.system());
            assertThat(peer.identify(device.credentials().chain().toArray(Certificate[]::new)))
                    .isEqualTo(new PeerIdentity(
                            device.id(),
                            new Membership.Fleet(Set.of(new AccessGroup("artists"), new AccessGroup("builders")))));
            assertThat(device.client().publishers()).isNotNull();
            assertThat(fleet.admin().devices(Optional.empty()).devices())
                    .extracting(EnrolledDevice::device)
                    .containsExactly(device.id());
        }
    }

    @Test
    void aWrongSecretAndAnUnknownTokenGetTheSameAnswer() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            JoinToken token = fleet.token();
            Secret wrong = new Secret(ByteString.of(new byte[32]));
            String one = refusal(fleet, with(token, token.id(), wrong)).message();
            String other = refusal(fleet, with(token, ByteString.of(new byte[8]), token.secret()))
                    .message();
            assertThat(one).isEqualTo(other).contains("does not know the join token");
        }
    }

    private static JoinToken with(JoinToken token, ByteString id, Secret secret) {
        return new JoinToken(
                id,
                secret,
                token.urls(),
                token.authority(),
                token.publishersRoot(),
                token.expires(),
                token.uses(),
                token.groups());
    }

    private static Refusal refusal(TestFleet fleet, JoinToken token) {
        AtomicReference<Refusal> refusal = new AtomicReference<>();
        assertThatThrownBy(() -> fleet.join(fleet.newKey(), token))
                .isInstanceOfSatisfying(CoordinatorRefusedException.class, e -> refusal.set(e.refusal()));
        return refusal.get();
    }

    @Test
    void aTokenIsUsedUpButNotByTheRetryOfOneDevice() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            JoinToken token = fleet.token(1);
            DeviceKey key = fleet.newKey();
            fleet.join(key, token);
            fleet.join(key, token);
            assertThat(refusal(fleet, token).message()).contains("used as often as it may");
        }
    }

    @Test
    void anExpiredTokenSaysSo() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (TestFleet fleet = TestFleet.start(folder, now::get)) {
            JoinToken token = fleet.token();
            now.updateAndGet(time -> time.plus(Duration.ofHours(2)));
            assertThat(refusal(fleet, token).message()).contains("expired at");
        }
    }

    @Test
    void aRequestThatIsNotSignedWithItsKeyIsRefused() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            DeviceKey key = fleet.newKey();
            byte[] request = key.certificationRequest();
            request[request.length - 1] ^= 1;
            assertThatThrownBy(() -> TestFleet.joining(fleet.token()).join(key.id(), ByteString.of(request), "pc"))
                    .isInstanceOf(CoordinatorRefusedException.class)
                    .hasMessageContaining("PKCS #10");
        }
    }

    @Test
    void theTokenOfAnotherFleetMeetsAnImpostorAndNoSecretIsSent() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder.resolve("a"));
                TestFleet other = TestFleet.start(folder.resolve("b"))) {
            JoinToken theirs = other.token();
            JoinToken misled = new JoinToken(
                    theirs.id(),
                    theirs.secret(),
                    fleet.coordinator().urls(),
                    theirs.authority(),
                    theirs.publishersRoot(),
                    theirs.expires(),
                    1,
                    List.of());
            DeviceKey key = fleet.newKey();
            assertThatThrownBy(() -> fleet.join(key, misled))
                    .isInstanceOf(CoordinatorUnreachableException.class)
                    .hasMessageContaining("do not lead to the key that the join token names");
        }
    }

    @Test
    void aDeviceWhoseClockIsADayOffJoinsAndOneThatIsAWeekBehindIsTold() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            for (int hours : new int[] {-30, 30}) {
                DeviceKey key = fleet.newKey();
                Instant wrong = Instant.now().plus(Duration.ofHours(hours));
                assertThat(joiningAt(fleet.token(), wrong)
                                .join(key.id(), ByteString.of(key.certificationRequest()), "pc"))
                        .isNotNull();
            }
            DeviceKey key = fleet.newKey();
            Joining late = joiningAt(fleet.token(), Instant.now().minus(Duration.ofDays(7)));
            assertThatThrownBy(() -> late.join(key.id(), ByteString.of(key.certificationRequest()), "pc"))
                    .hasMessageContaining("check the clock");
        }
    }

    private static Joining joiningAt(JoinToken token, Instant now) {
        return new Joining(token, Optional.empty(), CallLimits.DEFAULT, () -> now);
    }

    @Test
    void aDeviceOfTheFleetCannotPassForTheCoordinator() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            TestFleet.Member liar = fleet.join();
            TestFleet.Member victim = fleet.join();
            X509Certificate ca = liar.credentials().ca();
            List<X509Certificate> leaf = liar.credentials().chain();
            List<X509Certificate> whole = List.of(leaf.getFirst(), ca);
            assertImpostorFails(fleet, liar, victim, leaf, "do not lead to the key");
            assertImpostorFails(fleet, liar, victim, whole, "127.0.0.1");
        }
    }

    private static void assertImpostorFails(
            TestFleet fleet, TestFleet.Member liar, TestFleet.Member victim, List<X509Certificate> chain, String why)
            throws IOException {
        FleetCredentials shown = new FleetCredentials(chain, liar.credentials().ca());
        var context = PeerTls.ofFleet(new FleetCertificate(liar.key(), shown), true, InstantSource.system())
                .newContext();
        try (SSLServerSocket server = (SSLServerSocket)
                        context.getServerSocketFactory().createServerSocket(0, 1, TestFleet.LOOPBACK);
                FleetClient client = new FleetClient(
                        new FleetAddress(
                                List.of("https://127.0.0.1:" + server.getLocalPort()),
                                fleet.token().authority(),
                                Optional.empty()),
                        new Credential.Device(victim.credentials().keyManager(victim.key())))) {
            Thread.ofVirtual().start(() -> handshake(server));
            assertThatThrownBy(client::health)
                    .isInstanceOf(CoordinatorUnreachableException.class)
                    .hasMessageContaining(why);
        }
    }

    private static void handshake(SSLServerSocket server) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            socket.startHandshake();
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    @Test
    void aRevokedDeviceIsShutOutAtOnceAndCannotJoinAgain() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            TestFleet.Member device = fleet.join();
            fleet.admin().revoke(device.id());
            assertThatThrownBy(() -> device.client().publishers())
                    .isInstanceOf(CoordinatorRefusedException.class)
                    .hasMessageContaining("shut this device out");
            assertThatThrownBy(() -> fleet.join(device.key(), fleet.token())).hasMessageContaining("shut");
        }
    }

    @Test
    void aCertificateIsRenewedForTheSameKeyOnly() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            TestFleet.Member device = fleet.join("artists");
            assertThat(device.client()
                            .renew(ByteString.of(device.key().certificationRequest()))
                            .groups())
                    .hasSize(1);
            ByteString other = ByteString.of(fleet.newKey().certificationRequest());
            assertThatThrownBy(() -> device.client().renew(other))
                    .isInstanceOf(CoordinatorRefusedException.class)
                    .hasMessageContaining("same key");
        }
    }

    @Test
    void anExpiredCertificateIsToldToJoinAgain() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (TestFleet fleet = TestFleet.start(folder, now::get)) {
            TestFleet.Member device = fleet.join();
            now.updateAndGet(time -> time.plus(Duration.ofDays(366)));
            assertThat(device.client().publishers()).isNotNull();
            now.updateAndGet(time -> time.plus(Duration.ofDays(2)));
            assertThatThrownBy(() -> device.client().publishers())
                    .isInstanceOf(CoordinatorRefusedException.class)
                    .hasMessageContaining("join the fleet again");
        }
    }

    @Test
    void secretsAreForTheOwnerOnlyAndTokensAreNotInTheDatabase() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            JoinToken token = fleet.token();
            Path state = folder.resolve("coordinator");
            for (String file : List.of("ca.pem", "server.pem", "publishers.pem", "admin.token")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(file))))
                        .as(file)
                        .isEqualTo("rw-------");
            }
            for (String file : List.of("coordinator.db", "coordinator.db-wal")) {
                String bytes = new String(Files.readAllBytes(state.resolve(file)), StandardCharsets.ISO_8859_1);
                String secret = new String(token.secret().bytes().toArray(), StandardCharsets.ISO_8859_1);
                assertThat(bytes).as(file).doesNotContain(secret);
            }
        }
    }
}
