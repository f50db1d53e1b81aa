package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.identity.TestFleet;
import dev.byway.agent.link.DialResult.Failed;
import dev.byway.agent.link.DialResult.Kind;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.Membership;
import dev.byway.core.fleet.PeerIdentity;
import dev.byway.core.wire.ProbeOutcome;
import dev.byway.core.wire.RejectReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkHandshakeTest {
    private static final TestFleet FLEET = new TestFleet("fleet");
    private static final TestFleet OTHER = new TestFleet("other");
    private static final AccessGroup STAFF = new AccessGroup("staff");
    private static final AccessGroup LAB = new AccessGroup("lab");
    private static final Duration NONE = Duration.ZERO;

    @Test
    void bothEndsKnowEachOther() {
        try (TestNode alice = TestNode.anonymous();
                TestNode bob = TestNode.anonymous()) {
            InetSocketAddress address = bob.listen().address();
            Link atAlice = alice.link(address);
            Link atBob = bob.recorder.opened();

            assertThat(alice.recorder.opened()).isSameAs(atAlice);
            assertThat(atAlice.peer()).isEqualTo(new PeerIdentity(bob.id(), new Membership.Anonymous()));
            assertThat(atBob.peer()).isEqualTo(new PeerIdentity(alice.id(), new Membership.Anonymous()));
            assertThat(atAlice.hello()).isEqualTo(bob.setup.hello().get());
            assertThat(atBob.hello()).isEqualTo(alice.setup.hello().get());
            assertThat(atAlice.dialledHere()).isTrue();
            assertThat(atBob.dialledHere()).isFalse();
            assertThat(atAlice.remote()).isEqualTo(address);
            assertThat(atBob.remote().getAddress()).isEqualTo(address.getAddress());
        }
    }

    @Test
    void membersOfAFleetSeeEachOthersAccessGroups() {
        try (TestNode alice = TestNode.member(FLEET, NONE, "staff");
                TestNode bob = TestNode.member(FLEET, NONE, "lab", "staff")) {
            Link atAlice = alice.link(bob.listen().address());
            assertThat(atAlice.peer().membership()).isEqualTo(new Membership.Fleet(Set.of(LAB, STAFF)));
            assertThat(bob.recorder.opened().peer().membership()).isEqualTo(new Membership.Fleet(Set.of(STAFF)));
        }
    }

    @Test
    void aDialledDeviceOfAnotherFleetIsRefused() {
        try (TestNode alice = TestNode.member(FLEET, NONE);
                TestNode bob = TestNode.member(OTHER, NONE)) {
            failed(Kind.OTHER_FLEET, alice.dial(bob.listen().address()));
            alice.recorder.openedNothing();
            bob.recorder.openedNothing();
        }
    }

    @Test
    void aDiallingDeviceWithoutTheFleetIsRefusedAndLearnsWhy() {
        try (TestNode stranger = TestNode.anonymous();
                TestNode member = TestNode.member(FLEET, NONE)) {
            Failed failed =
                    failed(Kind.OTHER_FLEET, stranger.dial(member.listen().address()));
            assertThat(failed.detail()).contains("refused");
            stranger.recorder.openedNothing();
            member.recorder.openedNothing();
        }
    }

    @Test
    void anExpiredCertificateIsRefusedByEitherEnd() {
        InstantSource clock = InstantSource.system();
        Instant longAgo = Instant.now().minus(Duration.ofDays(32));
        try (TestNode expired = TestNode.member(FLEET, longAgo, clock);
                TestNode good = TestNode.member(FLEET, NONE)) {
            failed(Kind.OTHER_FLEET, good.dial(expired.listen().address()));
            failed(Kind.OTHER_FLEET, expired.dial(good.listen().address()));
        }
    }

    @Test
    void aClockThatIsADayOffIsForgiven() {
        for (int days : new int[] {-1, 1}) {
            try (TestNode off = TestNode.member(FLEET, Duration.ofDays(days));
                    TestNode right = TestNode.member(FLEET, NONE)) {
                assertThat(off.dial(right.listen().address())).isInstanceOf(DialResult.Linked.class);
                assertThat(right.dial(off.listen().address())).isInstanceOf(DialResult.Linked.class);
            }
        }
    }

    @Test
    void anotherDeviceThanTheExpectedIsRefused() {
        try (TestNode alice = TestNode.anonymous();
                TestNode bob = TestNode.anonymous();
                TestNode carol = TestNode.anonymous()) {
            LinkDialler dialler = new LinkDialler(alice.setup, Optional.empty());
            InetSocketAddress address = bob.listen().address();
            failed(Kind.OTHER_DEVICE, dialler.dial(address, Optional.of(carol.id())));
            assertThat(dialler.dial(address, Optional.of(bob.id()))).isInstanceOf(DialResult.Linked.class);
        }
    }

    @Test
    void aDeviceDoesNotLinkWithItself() {
        try (TestNode alice = TestNode.anonymous()) {
            failed(Kind.SELF, alice.dial(alice.listen().address()));
            alice.recorder.openedNothing();
        }
    }

    @Test
    void aProbeSeesTheDeviceAndMakesNoLink() {
        try (TestNode alice = TestNode.anonymous();
                TestNode bob = TestNode.anonymous();
                TestNode carol = TestNode.anonymous()) {
            LinkListener listener = bob.listen();
            LinkDialler dialler = new LinkDialler(alice.setup, Optional.empty());
            assertThat(dialler.probe(listener.address(), bob.id())).isEqualTo(ProbeOutcome.HANDSHAKE);
            assertThat(dialler.probe(listener.address(), carol.id())).isEqualTo(ProbeOutcome.OTHER_DEVICE);
            listener.close();
            assertThat(dialler.probe(listener.address(), bob.id()))
                    .isIn(ProbeOutcome.REFUSED, ProbeOutcome.OTHER_DEVICE);
            alice.recorder.openedNothing();
            bob.recorder.openedNothing();
        }
    }

    @Test
    void nobodyThereIsRefused() throws Exception {
        InetSocketAddress free;
        try (ServerSocket socket = new ServerSocket(0, 1, TestNode.loopback(1))) {
            free = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        try (TestNode alice = TestNode.anonymous()) {
            failed(Kind.REFUSED, alice.dial(free));
        }
    }

    @Test
    void noWayThereIsUnreachable() throws Exception {
        try (TestNode alice = TestNode.anonymous()) {
            // From loopback there is no way out, so nothing is sent: RFC 5737, documentation address.
            failed(
                    Kind.UNREACHABLE,
                    alice.dialFrom(1, new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 7680)));
            failed(Kind.UNREACHABLE, alice.dial(InetSocketAddress.createUnresolved("nowhere.invalid", 7680)));
        }
    }

    @Test
    void aServerThatSaysNothingIsATimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, TestNode.loopback(1));
                TestNode alice = TestNode.anonymous(TestTimes.handshake(Duration.ofMillis(200)))) {
            failed(Kind.TIMEOUT, alice.dial((InetSocketAddress) silent.getLocalSocketAddress()));
        }
    }

    @Test
    void anotherProgramOnThePortIsNotByway() throws Exception {
        try (ServerSocket ssh = new ServerSocket(0, 1, TestNode.loopback(1));
                TestNode alice = TestNode.anonymous()) {
            Thread.ofVirtual().start(() -> greet(ssh));
            failed(Kind.NOT_BYWAY, alice.dial((InetSocketAddress) ssh.getLocalSocketAddress()));
        }
    }

    private static void greet(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getOutputStream().write("SSH-2.0-OpenSSH_9.9 Debian\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The dialler hangs up.
        }
    }

    @Test
    void aGoodByeRightAfterTheHelloStillMakesALinkThatEnds() {
        try (TestNode alice = TestNode.anonymous();
                TestNode bob = TestNode.anonymous()) {
            Link link = alice.link(bob.listen().address());
            bob.recorder.opened().close(RejectReason.LIMIT);
            assertThat(alice.recorder.closed()).isEqualTo(new LinkEnd.ClosedByPeer(RejectReason.LIMIT));
            assertThat(link.hello()).isNotNull();
        }
    }

    private static Failed failed(Kind kind, DialResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Failed.class, f -> assertThat(f.kind()).as(f.detail()).isEqualTo(kind));
        return (Failed) result;
    }
}
