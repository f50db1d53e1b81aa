package dev.byway.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.EventSubscription;
import dev.byway.agent.identity.FleetCertificate;
import dev.byway.agent.identity.PeerTls;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.Announced;
import dev.byway.core.fleet.Announcement;
import dev.byway.core.fleet.AnnouncementAnswer;
import dev.byway.core.fleet.Endpoint;
import dev.byway.core.fleet.FilteringAnswer;
import dev.byway.core.fleet.FilteringRequest;
import dev.byway.core.fleet.FleetEvent;
import dev.byway.core.fleet.PeerOffer;
import dev.byway.core.fleet.PeerScope;
import dev.byway.core.fleet.Relation;
import dev.byway.core.fleet.Shortage;
import dev.byway.core.fleet.TeredoEndpoint;
import dev.byway.core.fleet.TeredoVerdict;
import dev.byway.core.nat.NatKind;
import dev.byway.core.wire.ProbeOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeetingTest {
    private static final ContentId CONTENT = new ContentId(Digest.sha256(new byte[] {1}), 5_000_000);
    private static final InetAddress TEREDO = InetAddress.ofLiteral("2001:0:bc8:202:400:3815:f4ff:fefd");

    @TempDir
    Path folder;

    private TestFleet fleet;

    @BeforeEach
    void start() {
        fleet = TestFleet.start(folder);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void aDeviceIsToldWhoHasWhatItWantsAtTheAddressItWasSeenAt() {
        TestFleet.Member holder = fleet.join(fleet.newKey(), fleet.token(), "127.0.0.2");
        TestFleet.Member wanting = fleet.join(fleet.newKey(), fleet.token(), "127.0.0.3");
        holder.client().announce(has(1, 7681));

        AnnouncementAnswer answer = wanting.client().announce(wants(1, 7682));

        assertThat(answer.observed()).isEqualTo(InetAddress.ofLiteral("127.0.0.3"));
        assertThat(answer.wanted()).hasSize(1);
        assertThat(answer.wanted().getFirst().complete()).isEqualTo(1);
        assertThat(answer.wanted().getFirst().peers())
                .containsExactly(new PeerOffer(
                        holder.id(),
                        List.of(new Endpoint(InetAddress.ofLiteral("127.0.0.2"), 7681)),
                        Optional.empty(),
                        Relation.SAME_SITE));
    }

    @Test
    void aTeredoAddressThatTheCoordinatorHasNotSeenIsNotTakenAndTheAnswerSaysWhy() {
        AnnouncementAnswer answer = fleet.join()
                .client()
                .announce(new Announcement(
                        1,
                        true,
                        0,
                        List.of(),
                        Optional.of(new TeredoEndpoint(TEREDO, NatKind.UNKNOWN)),
                        PeerScope.FLEET,
                        "",
                        List.of(),
                        List.of()));
        assertThat(answer.teredoServers()).isEmpty();
        assertThat(answer.teredoVerdict()).contains(TeredoVerdict.NO_SERVER);
        assertThat(fleet.join().client().announce(has(1, 7680)).teredoVerdict()).isEmpty();
    }

    @Test
    void bubblesFromAnotherPortAreAFewAMinute() {
        TestFleet.Member device = fleet.join();
        FilteringRequest request = new FilteringRequest(TEREDO, 7);
        for (int i = 0; i < 4; i++) {
            assertThat(device.client().filtering(request))
                    .isEqualTo(new FilteringAnswer(TeredoVerdict.NO_SERVER, Optional.empty()));
        }
        assertThatThrownBy(() -> device.client().filtering(request))
                .isInstanceOf(CoordinatorRefusedException.class)
                .hasMessageContaining("too many");
    }

    @Test
    void aloneMeansAReason() {
        AnnouncementAnswer answer = fleet.join().client().announce(wants(1, 7680));
        assertThat(answer.wanted().getFirst().peers()).isEmpty();
        assertThat(answer.wanted().getFirst().shortages())
                .containsExactly(new Shortage(Shortage.Reason.NOBODY_HAS_IT, 0));
        assertThat(answer.interval()).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aCrowdMeetsWithinASecondOfItsLastMember() throws Exception {
        TestFleet.Member first = fleet.join();
        BlockingQueue<FleetEvent> told = new LinkedBlockingQueue<>();
        try (EventSubscription stream = listen(first, told)) {
            assertThat(stream.connected()).isTrue();
            first.client().announce(wants(1, 7680));
            TestFleet.Member second = fleet.join();
            second.client().announce(wants(1, 7690));

            assertThat(told.poll(1, TimeUnit.SECONDS)).isInstanceOfSatisfying(FleetEvent.Peers.class, event -> {
                assertThat(event.content()).isEqualTo(CONTENT);
                assertThat(event.peers()).extracting(PeerOffer::device).containsExactly(second.id());
            });
        }
    }

    @Test
    void deltasAreUnderstoodInOrderAndAGapAsksForEverything() {
        TestFleet.Member device = fleet.join();
        TestFleet.Member other = fleet.join();
        assertThat(device.client().announce(delta(5)).resync()).isTrue();
        assertThat(device.client().announce(has(6, 7680)).resync()).isFalse();
        assertThat(device.client().announce(delta(7)).resync()).isFalse();
        assertThat(device.client().announce(delta(7)).resync()).as("a retry").isFalse();
        assertThat(device.client().announce(delta(9)).resync()).isTrue();

        Announcement gone = new Announcement(
                8, false, 7680, List.of(), Optional.empty(), PeerScope.SITE, "", List.of(), List.of(CONTENT));
        assertThat(device.client().announce(gone).resync()).isFalse();
        assertThat(other.client().announce(wants(1, 7681)).wanted().getFirst().peers())
                .isEmpty();
    }

    @Test
    void aDeviceThatCannotReachAnotherHasItDialBack() throws Exception {
        TestFleet.Member asking = fleet.join();
        TestFleet.Member target = fleet.join();
        BlockingQueue<FleetEvent> told = new LinkedBlockingQueue<>();
        try (EventSubscription stream = listen(target, told)) {
            assertThat(stream.connected()).isTrue();
            target.client().announce(has(1, 0));
            asking.client().announce(wants(1, 7680));
            assertThat(asking.client().connect(fleet.newKey().id()))
                    .as("nobody")
                    .isFalse();
            assertThat(asking.client().connect(target.id())).isTrue();
            assertThat(told.poll(2, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            FleetEvent.Connect.class,
                            event -> assertThat(event.peer())
                                    .isEqualTo(new PeerOffer(
                                            asking.id(),
                                            List.of(new Endpoint(TestFleet.LOOPBACK, 7680)),
                                            Optional.empty(),
                                            Relation.SAME_SITE)));
        }
    }

    @Test
    void requestsToBeDialledAreLimited() throws Exception {
        TestFleet.Member asking = fleet.join();
        TestFleet.Member target = fleet.join();
        try (EventSubscription stream = listen(target, new LinkedBlockingQueue<>())) {
            assertThat(stream.connected()).isTrue();
            target.client().announce(has(1, 7680));
            asking.client().announce(wants(1, 7680));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            asking.client().connect(target.id());
                        }
                    })
                    .isInstanceOf(CoordinatorRefusedException.class)
                    .hasMessageContaining("too many");
        }
    }

    @Test
    void withdrawalIsToldToThoseThatHaveIt() throws Exception {
        TestFleet.Member holder = fleet.join();
        BlockingQueue<FleetEvent> told = new LinkedBlockingQueue<>();
        try (EventSubscription stream = listen(holder, told)) {
            assertThat(stream.connected()).isTrue();
            holder.client().announce(has(1, 7680));
            fleet.admin().withdraw(CONTENT);
            assertThat(told.poll(2, TimeUnit.SECONDS)).isEqualTo(new FleetEvent.Withdrawn(CONTENT));
            assertThat(fleet.join()
                            .client()
                            .announce(wants(1, 7680))
                            .wanted()
                            .getFirst()
                            .shortages())
                    .containsExactly(new Shortage(Shortage.Reason.WITHDRAWN, 0));
        }
    }

    @Test
    void aProbeTellsAnOpenPortFromAClosedOneAndFromAnotherDevice() throws Exception {
        TestFleet.Member device = fleet.join();
        TestFleet.Member other = fleet.join();
        try (SSLServerSocket own = listener(device);
                SSLServerSocket foreign = listener(other)) {
            assertThat(device.client().probe(own.getLocalPort()).outcome()).isEqualTo(ProbeOutcome.HANDSHAKE);
            assertThat(device.client().probe(foreign.getLocalPort()).outcome()).isEqualTo(ProbeOutcome.OTHER_DEVICE);
        }
        try (Socket closed = TestFleet.refusingPort()) {
            assertThat(device.client().probe(closed.getLocalPort()).outcome()).isEqualTo(ProbeOutcome.REFUSED);
        }
    }

    @Test
    void announcementsWriteNothingToTheDisk() throws Exception {
        TestFleet.Member device = fleet.join();
        Path log = folder.resolve("coordinator/coordinator.db-wal");
        device.client().announce(has(1, 7680));
        long size = Files.size(log);
        var time = Files.getLastModifiedTime(log);
        for (int i = 2; i < 20; i++) {
            device.client().announce(has(i, 7680));
        }
        assertThat(Files.size(log)).isEqualTo(size);
        assertThat(Files.getLastModifiedTime(log)).isEqualTo(time);
    }

    private static EventSubscription listen(TestFleet.Member member, BlockingQueue<FleetEvent> told)
            throws InterruptedException {
        CountDownLatch connected = new CountDownLatch(1);
        EventSubscription stream = member.client().events(told::add, connected::countDown);
        assertThat(connected.await(5, TimeUnit.SECONDS)).isTrue();
        return stream;
    }

    private static SSLServerSocket listener(TestFleet.Member member) throws IOException {
        PeerTls tls = PeerTls.ofFleet(
                new FleetCertificate(member.key(), member.credentials()), false, InstantSource.system());
        SSLServerSocket server = (SSLServerSocket)
                tls.newContext().getServerSocketFactory().createServerSocket(0, 5, TestFleet.LOOPBACK);
        server.setSSLParameters(tls.parameters());
        Thread.ofVirtual().start(() -> accept(server));
        return server;
    }

    private static void accept(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.startHandshake();
            } catch (IOException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    private static Announcement has(long sequence, int port) {
        return full(sequence, port, new Announced(CONTENT, 5, true, false));
    }

    private static Announcement wants(long sequence, int port) {
        return full(sequence, port, new Announced(CONTENT, 0, false, true));
    }

    private static Announcement full(long sequence, int port, Announced announced) {
        return new Announcement(
                sequence, true, port, List.of(), Optional.empty(), PeerScope.SITE, "", List.of(announced), List.of());
    }

    private static Announcement delta(long sequence) {
        return new Announcement(
                sequence, false, 7680, List.of(), Optional.empty(), PeerScope.SITE, "", List.of(), List.of());
    }
}
