package dev.byway.agent.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.link.LinkEnd;
import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreOptions;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.Visibility;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Membership;
import dev.byway.core.policy.Answer;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.policy.Direction;
import dev.byway.core.policy.Encounter;
import dev.byway.core.policy.Refusal;
import dev.byway.core.policy.Settings;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the device loop does when a gate refuses a peer, at once or later, and when the peer refuses this device. */
class RefusalsTest {
    private static final Refusal BATTERY =
            new Refusal(ReasonCode.ON_BATTERY, Optional.of(Settings.MIN_BATTERY), "The battery is at 4 %.");
    private static final Refusal VPN = new Refusal(ReasonCode.ON_VPN, Optional.of(Settings.VPN_PEERING), "On a VPN.");
    private static final Refusal GROUP =
            new Refusal(ReasonCode.MODE_GROUP_ONLY, Optional.of(Settings.GROUP_ID), "Another group.");
    private static final Refusal SMALL =
            new Refusal(ReasonCode.CONTENT_TOO_SMALL, Optional.of(Settings.MIN_FILE_SIZE), "Too small.");

    @TempDir
    Path folder;

    private final HashedContent hashed = hashed(3 << 20);
    private final QuietLink link = new QuietLink(1, new Membership.Anonymous());
    private final Changing gates = new Changing();
    private ContentStore store;
    private Peering peering;
    private ContentId content;

    /** Gates that a test opens and shuts. */
    private static final class Changing extends OpenGates {
        volatile Optional<Refusal> taking = Optional.empty();
        volatile Optional<Refusal> giving = Optional.empty();
        volatile Optional<Refusal> dialling = Optional.empty();
        volatile Optional<Refusal> sharing = Optional.empty();
        volatile boolean unlessFoundLocally;

        @Override
        public Optional<Refusal> refusal(Direction direction, Encounter peer, InetAddress address) {
            if (unlessFoundLocally && peer.foundLocally() == Answer.YES) {
                return Optional.empty();
            }
            return direction == Direction.DOWNLOAD ? taking : giving;
        }

        @Override
        public Optional<Refusal> beforeDialling(Encounter peer) {
            return dialling;
        }

        @Override
        public Optional<Refusal> sharing(ContentFacts content) {
            return sharing;
        }
    }

    @BeforeEach
    void open() {
        store = ContentStore.open(folder, StoreOptions.standard());
        peering = new Peering(
                new DeviceId(Digest.sha256(new byte[] {0})), store, 32, 4, _ -> Optional.empty(), _ -> {}, gates);
        content = Published.into(store, hashed, new Visibility.Public());
    }

    @AfterEach
    void close() {
        peering.close();
        store.close();
    }

    private static HashedContent hashed(int length) {
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        hasher.update(new byte[length], 0, length);
        return hasher.finish();
    }

    private Frame theirOpen() {
        return new Frame.Open(1, content, hashed.layer().layout().pieceLength(), true, ByteString.EMPTY);
    }

    private List<Frame> saidAfter(Frame... frames) throws Exception {
        for (Frame frame : frames) {
            peering.onFrame(link, frame);
        }
        Watching.settle(peering);
        List<Frame> said = List.copyOf(link.said);
        link.said.clear();
        return said;
    }

    private static Frame told(RejectReason reason) {
        return new Frame.RejectOpen(1, reason, 0);
    }

    @Test
    void onBatteryNothingIsServedAndThePeerIsToldWhy() throws Exception {
        gates.giving = Optional.of(BATTERY);
        peering.onOpened(link);
        assertThat(saidAfter(theirOpen())).containsExactly(told(RejectReason.ON_BATTERY));
        assertThat(saidAfter(new Frame.Request(1, 3, 0, 16384)))
                .containsExactly(new Frame.RejectRequest(3, RejectReason.ON_BATTERY, 0));
        assertThat(saidAfter(new Frame.HashRequest(1, 4, 0, 1)))
                .containsExactly(new Frame.RejectRequest(4, RejectReason.ON_BATTERY, 0));
    }

    @Test
    void whatIsNotHereIsSaidNotToBeHereWhateverIsRefused() throws Exception {
        gates.giving = Optional.of(BATTERY);
        peering.onOpened(link);
        ContentId other = new ContentId(Digest.sha256(new byte[] {5}), 1 << 20);
        assertThat(saidAfter(new Frame.Open(1, other, 1 << 20, true, ByteString.EMPTY)))
                .containsExactly(told(RejectReason.NOT_HELD));
    }

    @Test
    void toStrangersAGroupsContentIsNotHereAsIfItWereNot() throws Exception {
        HashedContent secret = hashed(2 << 20);
        ContentId hidden = Published.into(store, secret, new Visibility.Groups(List.of("engineering")));
        gates.giving = Optional.of(BATTERY);
        peering.onOpened(link);
        assertThat(saidAfter(new Frame.Open(1, hidden, secret.layer().layout().pieceLength(), true, ByteString.EMPTY)))
                .containsExactly(told(RejectReason.NOT_HELD));
    }

    @Test
    void whenTheFactsChangeThePeerIsToldAndServedAgainAfterwards() throws Exception {
        peering.onOpened(link);
        assertThat(saidAfter(theirOpen()))
                .hasOnlyElementsOfType(Frame.Open.class)
                .hasSize(1);
        gates.giving = Optional.of(BATTERY);
        peering.reconsider();
        assertThat(saidAfter()).containsExactly(told(RejectReason.ON_BATTERY));
        gates.giving = Optional.empty();
        peering.reconsider();
        assertThat(saidAfter())
                .hasAtLeastOneElementOfType(Frame.Close.class)
                .hasAtLeastOneElementOfType(Frame.Open.class);
    }

    @Test
    void filesThatAreTooSmallToShareAreNotServed() throws Exception {
        gates.sharing = Optional.of(SMALL);
        peering.onOpened(link);
        assertThat(saidAfter(theirOpen())).containsExactly(told(RejectReason.TOO_SMALL));
    }

    @Test
    void whoHoldsBackSaysWhatItWantsAndNotWhatItHolds() throws Exception {
        gates.giving = Optional.of(BATTERY);
        peering.onOpened(link);
        Watching.settle(peering);
        PeerLink peer = peering.links().getFirst();
        var all = PieceSet.none(3);
        all.add(1);
        peer.open(content, 1 << 20, true, all);
        peer.have(content, 2, 1);
        peer.intent(content, 0, java.time.Duration.ofSeconds(1), false);
        assertThat(saidAfter()).hasOnlyElementsOfType(Frame.Open.class);
    }

    @Test
    void anotherGroupMeansGoodByeAndEveryDownloadHearsIt() throws Exception {
        gates.taking = Optional.of(GROUP);
        gates.giving = Optional.of(GROUP);
        peering.onOpened(link);
        Watching.settle(peering);
        assertThat(link.closed).containsExactly(RejectReason.OTHER_GROUP);
        // The peer sees it the same way, and its good-bye may come first.
        peering.onClosed(link, new LinkEnd.ClosedByPeer(RejectReason.OTHER_GROUP));
        Watching download = new Watching(new Visibility.Public());
        peering.register(download);
        assertThat(reason(download)).isEqualTo(GROUP.about(peering(link)));
        assertThat(download.told).isEmpty();
    }

    @Test
    void whoBrokeTheProtocolIsNamedToDownloadsThatBeginAfterwards() throws Exception {
        peering.onOpened(link);
        peering.onClosed(link, new LinkEnd.PeerFault("a flood of frames"));
        Watching download = new Watching(new Visibility.Public());
        peering.register(download);
        assertThat(reason(download).code()).isEqualTo(ReasonCode.PEER_BROKE_PROTOCOL);
    }

    private static String peering(QuietLink link) {
        return link.remote().getAddress().getHostAddress() + ":" + link.remote().getPort();
    }

    private static Reason reason(Watching download) throws InterruptedException {
        return Optional.ofNullable(download.reasons.poll(10, TimeUnit.SECONDS)).orElseThrow();
    }

    @Test
    void onAVpnTheLinkStaysShutAndOpensWhenItPasses() throws Exception {
        Watching download = new Watching(new Visibility.Public());
        peering.register(download);
        gates.taking = Optional.of(VPN);
        gates.giving = Optional.of(VPN);
        peering.onOpened(link);
        assertThat(saidAfter(theirOpen())).containsExactly(told(RejectReason.ON_VPN));
        assertThat(link.closed).isEmpty();
        assertThat(download.told).isEmpty();
        assertThat(reason(download).code()).isEqualTo(ReasonCode.ON_VPN);
        gates.taking = Optional.empty();
        gates.giving = Optional.empty();
        peering.reconsider();
        Watching.settle(peering);
        assertThat(download.told).contains("linked " + link.peer().device());
        gates.taking = Optional.of(VPN);
        gates.giving = Optional.of(VPN);
        peering.reconsider();
        Watching.settle(peering);
        assertThat(reason(download).code()).isEqualTo(ReasonCode.ON_VPN);
    }

    @Test
    void aDownloadHearsWhomThisDeviceGivesNothingAtOnceAndLater() throws Exception {
        Watching download = new Watching(new Visibility.Public());
        peering.register(download);
        gates.giving = Optional.of(BATTERY);
        peering.onOpened(link);
        String peer = " " + link.peer().device();
        Frame open = new Frame.Open(1, Watching.CONTENT, Watching.PIECE, true, ByteString.EMPTY);
        assertThat(saidAfter(open)).contains(told(RejectReason.ON_BATTERY));
        assertThat(heard(download)).endsWith("opened" + peer, "withheld" + peer);
        gates.giving = Optional.empty();
        peering.reconsider();
        Watching.settle(peering);
        assertThat(heard(download)).endsWith("opened" + peer);
        gates.giving = Optional.of(BATTERY);
        peering.reconsider();
        Watching.settle(peering);
        assertThat(heard(download)).containsExactly("withheld" + peer);
    }

    private static List<String> heard(Watching download) {
        List<String> heard = new ArrayList<>();
        download.told.drainTo(heard);
        return heard;
    }

    @Test
    void aLinkIsJudgedAgainWhenLocalDiscoveryFindsThePeer() throws Exception {
        Refusal notFound =
                new Refusal(ReasonCode.NOT_FOUND_LOCALLY, Optional.of(Settings.RESTRICT_PEER_SELECTION), "Not found.");
        gates.unlessFoundLocally = true;
        gates.taking = Optional.of(notFound);
        gates.giving = Optional.of(notFound);
        Watching download = new Watching(new Visibility.Public());
        peering.register(download);
        peering.onOpened(link);
        assertThat(saidAfter(theirOpen())).containsExactly(told(RejectReason.NOT_FOUND_LOCALLY));
        String id = link.peer().device().toString();
        peering.sighted("instance", id.substring(0, 16), List.of());
        Watching.settle(peering);
        assertThat(download.told).contains("linked " + id);
        peering.gone("instance");
        assertThat(saidAfter()).contains(told(RejectReason.NOT_FOUND_LOCALLY));
    }

    /** A download that opens its content on every link. */
    private static Watching opening() {
        return new Watching(new Visibility.Public()) {
            @Override
            public void linked(PeerLink peer) {
                peer.open(content(), pieceLength(), true, PieceSet.none(4));
            }
        };
    }

    /** The peer refuses what a download opened; answers the number of the channel. */
    private int refuse(Watching download) throws Exception {
        peering.register(download);
        peering.onOpened(link);
        int ours = ((Frame.Open) saidAfter().getFirst()).channel();
        peering.onFrame(link, new Frame.RejectOpen(ours, RejectReason.ON_BATTERY, 0));
        return ours;
    }

    @Test
    void aRefusalHoldsForLaterDownloadsUntilThePeerOpensTheContentAnew() throws Exception {
        Watching first = opening();
        refuse(first);
        peering.unregister(first.content());
        Watching second = opening();
        peering.register(second);
        assertThat(reason(second).code()).isEqualTo(ReasonCode.PEER_REFUSED);
        peering.onFrame(link, new Frame.Open(1, first.content(), Watching.PIECE, false, ByteString.EMPTY));
        peering.unregister(second.content());
        Watching third = opening();
        peering.register(third);
        Watching.settle(peering);
        assertThat(third.reasons).isEmpty();
    }

    @Test
    void whatARefusingPeerSaysReachesTheDownloadWithoutWordsOfItsOwn() throws Exception {
        Watching download = opening();
        int ours = refuse(download);
        Reason reason = reason(download);
        assertThat(reason.code()).isEqualTo(ReasonCode.PEER_REFUSED);
        assertThat(reason.setting()).hasValue("DOMinBatteryPercentageAllowedToUpload");
        peering.onFrame(link, new Frame.RejectOpen(ours + 9, RejectReason.ON_BATTERY, 0));
        peering.onFrame(link, new Frame.RejectOpen(ours, RejectReason.NOT_HELD, 0));
        Watching.settle(peering);
        assertThat(download.reasons).isEmpty();
    }

    @Test
    void aPeerThatSaidGoodByeForAPolicyIsToldToDownloadsThatComeLater() throws Exception {
        peering.onOpened(link);
        peering.onClosed(link, new LinkEnd.ClosedByPeer(RejectReason.OTHER_SUBNET));
        Watching download = new Watching(new Visibility.Public());
        peering.register(download);
        assertThat(reason(download).setting()).hasValue("DORestrictPeerSelectionBy");
    }

    @Test
    void whoIsRefusedByItsAddressIsNotDialled() throws Exception {
        Refusal subnet =
                new Refusal(ReasonCode.OTHER_SUBNET, Optional.of(Settings.RESTRICT_PEER_SELECTION), "Elsewhere.");
        gates.dialling = Optional.of(subnet);
        Watching download = new Watching(new Visibility.Public());
        peering.register(download);
        peering.found(
                "fleet x",
                link.peer().device(),
                dev.byway.core.account.SourceKind.LAN,
                List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 7680)),
                true);
        assertThat(reason(download)).isEqualTo(subnet.about("192.0.2.7:7680"));
        Watching.settle(peering);
        assertThat(download.unreached.stream().flatMap(List::stream)).isEmpty();
    }
}
