package dev.byway.agent.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.link.LinkEnd;
import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreOptions;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.Visibility;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Membership;
import dev.byway.core.swarm.Unreached;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import dev.byway.core.wire.WireLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What peers can make the device loop do, and what not. */
class PeeringTest {
    private static final int PIECE = Watching.PIECE;
    private static final ContentId CONTENT = Watching.CONTENT;

    @TempDir
    Path folder;

    private ContentStore store;
    private Peering peering;

    @BeforeEach
    void open() {
        store = ContentStore.open(folder, StoreOptions.standard());
        DeviceId self = new DeviceId(Digest.sha256(new byte[] {0}));
        peering = new Peering(
                self, store, 32, 4, dial -> unreachable(dial.addresses().getFirst()), ignored -> {}, new OpenGates());
    }

    @AfterEach
    void close() {
        peering.close();
        store.close();
    }

    @Test
    void whatIsRememberedOfAPeersContentsHasAnEnd() throws Exception {
        QuietLink link = new QuietLink(1, new Membership.Anonymous());
        peering.onOpened(link);
        int fit = PeerLink.MAX_PIECES / WireLimits.PIECES;
        for (int channel = 1; channel <= fit + 1; channel++) {
            peering.onFrame(link, millionPieces(channel));
            peering.onFrame(link, new Frame.Have(channel, 0, WireLimits.PIECES));
        }
        Watching.settle(peering);
        assertThat(link.said).last().isEqualTo(new Frame.RejectOpen(fit + 1, RejectReason.LIMIT, 0));
        peering.onFrame(link, new Frame.Close(1));
        peering.onFrame(link, millionPieces(fit + 2));
        Watching.settle(peering);
        assertThat(link.said).last().isEqualTo(new Frame.RejectOpen(fit + 2, RejectReason.NOT_HELD, 0));
    }

    private static Frame millionPieces(int channel) {
        ContentId content = new ContentId(Digest.sha256(new byte[] {(byte) channel}), (long) PIECE * WireLimits.PIECES);
        return new Frame.Open(channel, content, PIECE, false, ByteString.EMPTY);
    }

    @Test
    void whoHasNothingOfAContentSaysSoAtOnceAndTheDownloadHears() throws Exception {
        QuietLink link = new QuietLink(1, new Membership.Anonymous());
        Watching download = new Watching(new Visibility.Public()) {
            @Override
            public void linked(PeerLink peer) {
                assertThat(peer.open(CONTENT, PIECE, true, PieceSet.none(4))).isTrue();
            }
        };
        peering.onOpened(link);
        peering.onFrame(link, new Frame.Open(1, CONTENT, PIECE, true, ByteString.EMPTY));
        Watching.settle(peering);
        assertThat(link.said).containsExactly(new Frame.RejectOpen(1, RejectReason.NOT_HELD, 0));
        peering.onFrame(link, new Frame.Close(1));
        peering.register(download);
        Watching.settle(peering);
        peering.onFrame(link, new Frame.RejectOpen(1, RejectReason.NOT_HELD, 0));
        Watching.settle(peering);
        assertThat(download.told)
                .contains("lacks " + link.peer().device())
                .noneMatch(told -> told.startsWith("opened"));
    }

    @Test
    void aGroupsContentIsNotEvenMentionedToPeersWithoutTheGroup() throws Exception {
        QuietLink stranger = new QuietLink(1, new Membership.Anonymous());
        QuietLink colleague = new QuietLink(2, new Membership.Fleet(Set.of(new AccessGroup("engineering"))));
        Watching download = new Watching(new Visibility.Groups(List.of("engineering")));
        peering.onOpened(stranger);
        peering.register(download);
        peering.onOpened(colleague);
        for (QuietLink link : List.of(stranger, colleague)) {
            peering.onFrame(link, new Frame.Open(1, CONTENT, PIECE, true, ByteString.EMPTY));
        }
        Watching.settle(peering);
        assertThat(download.told)
                .hasSize(3)
                .allSatisfy(told ->
                        assertThat(told).endsWith(colleague.peer().device().toString()));
    }

    @Test
    void oneAddressCannotTakeAllPlaces() throws Exception {
        for (int key = 1; key <= 9; key++) {
            peering.onOpened(new QuietLink(key, new Membership.Anonymous()));
        }
        QuietLink last = new QuietLink(10, new Membership.Anonymous());
        peering.onOpened(last);
        Watching.settle(peering);
        assertThat(last.closed).containsExactly(RejectReason.LIMIT);
    }

    @Test
    void whyIsToldOfAPeerThatBrokeTheProtocol() throws Exception {
        QuietLink link = new QuietLink(1, new Membership.Anonymous());
        Watching download = new Watching(new Visibility.Public());
        peering.register(download);
        peering.onOpened(link);
        peering.onClosed(link, new LinkEnd.PeerFault("a frame of two gigabytes"));
        Watching.settle(peering);
        assertThat(download.reasons.poll(10, TimeUnit.SECONDS))
                .satisfies(reason -> assertThat(reason.code()).isEqualTo(ReasonCode.PEER_BROKE_PROTOCOL))
                .satisfies(reason -> assertThat(reason.source()).endsWith(":7680"));
        QuietLink again = new QuietLink(2, new Membership.Anonymous());
        peering.onOpened(again);
        Watching.settle(peering);
        assertThat(again.closed).containsExactly(RejectReason.BANNED);
    }

    @Test
    void aPeerMayComplainOnceAboutEachPieceThatItWasSent() {
        PeerLink peer = new PeerLink(
                new QuietLink(1, new Membership.Anonymous()),
                1,
                new Standing(SourceKind.LAN, Optional.empty(), Optional.empty()));
        try (StoredContent content = store.acquire(CONTENT, new PieceLayout(CONTENT.length(), PIECE))) {
            assertThat(peer.mayComplain(CONTENT, 2)).isFalse();
            peer.gave(content, 2);
            assertThat(peer.mayComplain(CONTENT, 1)).isFalse();
            assertThat(peer.mayComplain(CONTENT, 2)).isTrue();
            assertThat(peer.mayComplain(CONTENT, 2)).isFalse();
        }
    }

    private static Optional<Reason> unreachable(InetSocketAddress address) {
        return Optional.of(Reason.of(address.getHostString(), ReasonCode.PEER_UNREACHABLE, "no answer"));
    }

    @Test
    void aDownloadHearsOfNeighboursThatCannotBeReached() throws Exception {
        Watching download = new Watching(new Visibility.Public());
        peering.register(download);
        peering.found(
                "someone",
                new DeviceId(Digest.sha256(new byte[] {7})),
                SourceKind.LAN,
                List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 7680)),
                true);
        List<Unreached> last = List.of();
        while (last.isEmpty() || last.getFirst().failure().isEmpty()) {
            last = download.unreached.poll(10, TimeUnit.SECONDS);
            assertThat(last).as("told within ten seconds").isNotNull();
        }
        assertThat(last.getFirst().name()).isEqualTo("192.0.2.7:7680");
        peering.gone("someone");
        assertThat(download.unreached.poll(10, TimeUnit.SECONDS)).isEmpty();
    }
}
