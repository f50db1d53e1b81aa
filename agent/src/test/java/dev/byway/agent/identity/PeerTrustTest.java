package dev.byway.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.identity.PeerRefusedException.Reason;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.Membership;
import dev.byway.core.fleet.PeerIdentity;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTrustTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final TestFleet FLEET = new TestFleet("fleet");
    private static final TestFleet NAMESAKE = new TestFleet("fleet");

    @TempDir
    Path here;

    @TempDir
    Path there;

    private DeviceKey self;
    private DeviceKey peer;

    @BeforeEach
    void open() {
        self = DeviceKey.open(here, NOW);
        peer = DeviceKey.open(there, NOW);
    }

    @Test
    void withoutAFleetAKeyIsAllThereIsToKnow() throws Exception {
        PeerTrust trust = PeerTrust.withoutFleet(self.id());
        PeerIdentity anonymous = new PeerIdentity(peer.id(), new Membership.Anonymous());
        assertThat(trust.identify(peer.certificate())).isEqualTo(anonymous);
        assertThat(trust.identify(chain(FLEET.enrol(peer, NOW, "staff")))).isEqualTo(anonymous);
    }

    @Test
    void theFleetsCaNamesTheAccessGroups() throws Exception {
        PeerIdentity identity = fleet(NOW)
                .identify(chain(
                        FLEET.enrol(peer, NOW, "staff", "lab", "byway:device:" + peer.id(), "https://example.com/")));
        assertThat(identity.device()).isEqualTo(peer.id());
        assertThat(identity.membership())
                .isEqualTo(new Membership.Fleet(Set.of(new AccessGroup("staff"), new AccessGroup("lab"))));
    }

    @Test
    void aMemberWithoutGroupsHasNone() throws Exception {
        assertThat(fleet(NOW).identify(chain(FLEET.enrol(peer, NOW))).membership())
                .isEqualTo(new Membership.Fleet(Set.of()));
    }

    @Test
    void theCaMayComeWithTheChain() throws Exception {
        X509Certificate device = FLEET.enrol(peer, NOW).chain().getFirst();
        assertThat(fleet(NOW).identify(device, FLEET.ca()).membership()).isInstanceOf(Membership.Fleet.class);
    }

    @Test
    void anotherFleetIsRefusedEvenOneOfTheSameName() {
        refused(Reason.OTHER_FLEET, () -> fleet(NOW).identify(chain(NAMESAKE.enrol(peer, NOW))));
        refused(
                Reason.OTHER_FLEET,
                () -> fleet(NOW).identify(NAMESAKE.enrol(peer, NOW).chain().getFirst(), NAMESAKE.ca()));
        refused(
                Reason.OTHER_FLEET,
                () -> fleet(NOW).identify(NAMESAKE.enrol(peer, NOW).chain().getFirst(), FLEET.ca()));
    }

    @Test
    void aDeviceWithoutAFleetIsRefusedUnlessAnonymousPeersAreAllowed() throws Exception {
        refused(Reason.OTHER_FLEET, () -> fleet(NOW).identify(peer.certificate()));
        PeerTrust both = PeerTrust.ofFleet(self.id(), FLEET.ca(), true, InstantSource.fixed(NOW));
        assertThat(both.identify(peer.certificate()).membership()).isEqualTo(new Membership.Anonymous());
        assertThat(both.identify(chain(FLEET.enrol(peer, NOW, "staff")))
                        .membership()
                        .groups())
                .containsExactly(new AccessGroup("staff"));
        assertThat(both.identify(chain(NAMESAKE.enrol(peer, NOW, "staff")))
                        .membership()
                        .groups())
                .isEmpty();
    }

    @Test
    void clocksMayBeOffByADayAndAHalfButNotMore() throws Exception {
        Duration tolerance = FleetCheck.CLOCK_TOLERANCE;
        Instant issued = Instant.parse("2026-11-01T00:00:00Z");
        Instant expires = issued.plus(Duration.ofDays(30));
        X509Certificate[] chain = chain(FLEET.enrol(peer, issued));
        for (Instant fine : new Instant[] {issued.minus(tolerance), issued, expires, expires.plus(tolerance)}) {
            assertThat(fleet(fine).identify(chain).membership()).isInstanceOf(Membership.Fleet.class);
        }
        refused(
                Reason.NOT_VALID_NOW,
                () -> fleet(issued.minus(tolerance).minusSeconds(1)).identify(chain));
        refused(
                Reason.NOT_VALID_NOW,
                () -> fleet(expires.plus(tolerance).plusSeconds(1)).identify(chain));
    }

    @Test
    void aDeviceCannotCertifyOthers(@TempDir Path elsewhere) {
        DeviceKey accomplice = DeviceKey.open(elsewhere, NOW);
        refused(Reason.OTHER_FLEET, () -> fleet(NOW).identify(chain(FLEET.enrolBelow(peer, false, accomplice, NOW))));
    }

    @Test
    void anIntermediateOfTheCaMay(@TempDir Path elsewhere) throws Exception {
        DeviceKey device = DeviceKey.open(elsewhere, NOW);
        assertThat(fleet(NOW)
                        .identify(chain(FLEET.enrolBelow(peer, true, device, NOW)))
                        .membership()
                        .groups())
                .containsExactly(new AccessGroup("everything"));
    }

    @Test
    void aCaIsNotADevice() {
        refused(Reason.MALFORMED, () -> fleet(NOW).identify(FLEET.ca()));
    }

    @Test
    void theCoordinatorIsNotADevice() {
        refused(Reason.MALFORMED, () -> fleet(NOW).identify(chain(FLEET.enrol(peer, NOW, "byway:coordinator"))));
    }

    @Test
    void aCertificateThatNamesAnotherDeviceIsRefused() {
        refused(
                Reason.MALFORMED,
                () -> fleet(NOW).identify(chain(FLEET.enrol(peer, NOW, "byway:device:" + self.id()))));
    }

    @Test
    void itselfIsNoPeer() {
        refused(Reason.SELF, () -> PeerTrust.withoutFleet(self.id()).identify(self.certificate()));
        refused(Reason.SELF, () -> fleet(NOW).identify(chain(FLEET.enrol(self, NOW))));
    }

    @Test
    void otherKindsOfKeysAreRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(384);
        KeyPair p384 = generator.generateKeyPair();
        X509Certificate certificate = CertificateMaker.selfSigned(p384, NOW);
        refused(Reason.MALFORMED, () -> PeerTrust.withoutFleet(self.id()).identify(certificate));
    }

    @Test
    void aLongOrEmptyChainIsRefused() {
        PeerTrust trust = PeerTrust.withoutFleet(self.id());
        refused(Reason.MALFORMED, trust::identify);
        X509Certificate c = peer.certificate();
        refused(Reason.MALFORMED, () -> trust.identify(c, c, c, c, c));
    }

    private PeerTrust fleet(Instant clock) {
        return PeerTrust.ofFleet(self.id(), FLEET.ca(), false, InstantSource.fixed(clock));
    }

    private static X509Certificate[] chain(FleetCredentials credentials) {
        return credentials.chain().toArray(X509Certificate[]::new);
    }

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PeerRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
