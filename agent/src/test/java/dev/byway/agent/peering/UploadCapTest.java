package dev.byway.agent.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.device.UploadMeter;
import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.PeerTls;
import dev.byway.agent.link.DialResult;
import dev.byway.agent.link.Link;
import dev.byway.agent.link.LinkDialler;
import dev.byway.agent.link.LinkEnd;
import dev.byway.agent.link.LinkHandler;
import dev.byway.agent.link.LinkListener;
import dev.byway.agent.link.LinkSetup;
import dev.byway.agent.link.LinkTimes;
import dev.byway.agent.link.ListenResult;
import dev.byway.agent.link.ServeOutcome;
import dev.byway.agent.link.Throttle;
import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreOptions;
import dev.byway.agent.store.StoredContent;
import dev.byway.agent.store.WriteGrant;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.Visibility;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.policy.DeviceFacts;
import dev.byway.core.policy.Direction;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Encounter;
import dev.byway.core.policy.Gate;
import dev.byway.core.policy.MonthlyUpload;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.Refusal;
import dev.byway.core.policy.Settings;
import dev.byway.core.policy.SettingsReader;
import dev.byway.core.policy.Situation;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device with a small cap and two slots, over real links from three addresses: one is of its LAN, the others are on the
 * Internet. Once the cap is reached its line stands still, so that what arrives afterwards comes of stopping.
 */
class UploadCapTest {
    private static final int MIB = 1 << 20;
    private static final EffectiveSettings SETTINGS = new SettingsReader(Platform.LINUX)
            .commandLine(List.of("DODownloadMode=3", "DOMonthlyUploadDataCap=1536KB"))
            .read();
    private static final int CAP = 3 * MIB / 2;
    private static final InetAddress NEAR = InetAddress.ofLiteral("127.0.0.2");
    private static final InetAddress FAR = InetAddress.ofLiteral("127.0.0.3");
    private static final InetAddress AWAY = InetAddress.ofLiteral("127.0.0.4");

    @TempDir
    Path folder;

    private final HashedContent hashed = hashed();
    private volatile Instant now = Instant.parse("2026-11-15T12:00:00Z");
    private volatile boolean standsStill = true;
    private ContentStore store;
    private UploadMeter meter;
    private Peering peering;
    private LinkListener listener;

    /** Gates as an agent has them, but for the facts of a machine. */
    private final class Capped extends OpenGates {
        @Override
        public boolean isOnLink(InetAddress address) {
            return address.equals(NEAR);
        }

        @Override
        public SourceKind kind(Encounter peer) {
            return peer.facts(SETTINGS).kind();
        }

        @Override
        public Optional<Refusal> refusal(Direction direction, Encounter peer, InetAddress address) {
            DeviceFacts facts =
                    DeviceFacts.UNKNOWN.withUploadedThisMonth(meter.given().size());
            return Gate.firstRefusal(
                    new Situation(direction, facts, ContentFacts.UNKNOWN, peer.facts(SETTINGS)), SETTINGS);
        }

        @Override
        public void gives(SourceKind to, int bytes) {
            if (MonthlyUpload.counts(to)) {
                meter.count(bytes);
            }
        }
    }

    /** The device at the other end of a link. */
    private static final class Client implements LinkHandler {
        private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        private long received;

        @Override
        public void onOpened(Link link) {}

        @Override
        public void onFrame(Link link, Frame frame) {
            frames.add(
                    frame instanceof Frame.Data data
                            ? new Frame.Data(
                                    data.request(),
                                    data.offset(),
                                    ByteBuffer.allocate(data.bytes().remaining()))
                            : frame);
        }

        @Override
        public void onSending(Link link, int bytes) {}

        @Override
        public void onServed(Link link, int request, int bytes, ServeOutcome outcome) {}

        @Override
        public void onClosed(Link link, LinkEnd end) {}

        /** The next frame but for data, which is counted. */
        Frame next() throws InterruptedException {
            while (true) {
                Frame frame = Optional.ofNullable(frames.poll(30, TimeUnit.SECONDS))
                        .orElseThrow(() -> new AssertionError("nothing comes after " + received + " bytes"));
                if (!(frame instanceof Frame.Data data)) {
                    return frame;
                }
                received += data.bytes().remaining();
            }
        }

        void receive(long bytes) throws InterruptedException {
            while (received < bytes) {
                Frame frame = Optional.ofNullable(frames.poll(30, TimeUnit.SECONDS))
                        .orElseThrow(() -> new AssertionError("nothing comes after " + received + " bytes"));
                received += ((Frame.Data) frame).bytes().remaining();
            }
        }
    }

    @BeforeEach
    void open() throws IOException {
        store = ContentStore.open(folder.resolve("cache"), StoreOptions.standard());
        fill(Published.into(store, hashed, new Visibility.Public()));
        meter = meter();
        DeviceKey key = key("server");
        peering = new Peering(key.id(), store, 32, 2, _ -> Optional.empty(), _ -> {}, new Capped());
        meter.whenChanged(peering::reconsider);
        Throttle line = _ -> standsStill && meter.given().reaches(meter.cap())
                ? Duration.ofHours(1).toNanos()
                : 0;
        listener = switch (LinkListener.listen(InetAddress.ofLiteral("127.0.0.1"), 0, setup(key, peering, line))) {
            case ListenResult.Listening on -> on.listener();
            case ListenResult other -> throw new AssertionError(other);
        };
    }

    @AfterEach
    void close() {
        listener.close();
        peering.close();
        meter.close();
        store.close();
    }

    private UploadMeter meter() {
        return new UploadMeter(folder, SETTINGS.get(Settings.MONTHLY_UPLOAD_CAP), () -> now, () -> ZoneOffset.UTC);
    }

    private DeviceKey key(String name) throws IOException {
        return DeviceKey.open(Files.createDirectories(folder.resolve(name)), Instant.now());
    }

    private static LinkSetup setup(DeviceKey key, LinkHandler handler, Throttle line) {
        PeerTls tls = PeerTls.withoutFleet(key);
        return new LinkSetup(() -> tls, () -> new Frame.Hello(0, 0, "test", ""), handler, line, LinkTimes.STANDARD);
    }

    private static HashedContent hashed() {
        TreeHasher hasher = TreeHasher.ofPieceLength(1 << 20, TreeHasher.WholeFile.HASHED);
        hasher.update(new byte[4 * MIB], 0, 4 * MIB);
        return hasher.finish();
    }

    private void fill(ContentId id) {
        try (StoredContent content = store.acquire(id, hashed.layer().layout())) {
            for (int piece = 0; piece < content.layout().pieceCount(); piece++) {
                var range = content.layout().piece(piece);
                try (WriteGrant grant = content.grant(range).orElseThrow()) {
                    assertThat(grant.write(range.offset(), ByteBuffer.allocate((int) range.length())))
                            .isTrue();
                }
                content.commit(piece);
            }
        }
    }

    private Link link(Client client, InetAddress from) throws IOException {
        LinkDialler dialler =
                new LinkDialler(setup(key(from.getHostAddress()), client, Throttle.NONE), Optional.of(from));
        return switch (dialler.dial(listener.address(), Optional.empty())) {
            case DialResult.Linked(Link link) -> link;
            case DialResult.Failed failed -> throw new AssertionError(failed);
        };
    }

    private void begin(Client client, Link link) throws InterruptedException {
        link.send(new Frame.Open(1, hashed.id(), MIB, true, ByteString.EMPTY));
        assertThat(client.next()).isInstanceOf(Frame.Open.class);
        assertThat(client.next()).isInstanceOf(Frame.Bitfield.class);
    }

    private static void ask(Link link, int request) {
        link.send(new Frame.Request(1, request, (long) (request - 1) % 4 * MIB, MIB));
    }

    private static Frame told(int request) {
        return new Frame.RejectRequest(request, RejectReason.UPLOAD_CAP, 0);
    }

    @Test
    void whatRunsStopsAndWhatComesIsDeclinedUntilTheMonthTurnsAndTheLanIsServedOn() throws Exception {
        Client far = new Client();
        Link internet = link(far, FAR);
        begin(far, internet);
        ask(internet, 1);
        ask(internet, 2);
        internet.send(new Frame.Request(1, 3, 2 * MIB, 16 << 10));
        List<Frame> said = List.of(far.next(), far.next(), far.next());
        assertThat(said)
                .containsExactlyInAnyOrder(told(2), told(3), new Frame.RejectOpen(1, RejectReason.UPLOAD_CAP, 0));
        assertThat(far.received).isBetween((long) CAP, (long) CAP + (64 << 10));
        assertThat(meter.given().bytes()).isEqualTo(far.received).isEqualTo(peering.uploaded());
        ask(internet, 4);
        assertThat(far.next()).isEqualTo(told(4));

        standsStill = false;
        Client near = new Client();
        Link lan = link(near, NEAR);
        begin(near, lan);
        ask(lan, 1);
        ask(lan, 2);
        near.receive(2 * MIB);
        assertThat(meter.given().bytes()).isEqualTo(far.received);

        now = now.plus(Duration.ofDays(16));
        peering.reconsider();
        assertThat(far.next()).isInstanceOf(Frame.Close.class);
        assertThat(far.next()).isInstanceOf(Frame.Open.class);
        assertThat(far.next()).isInstanceOf(Frame.Bitfield.class);
        Client away = new Client();
        Link another = link(away, AWAY);
        begin(away, another);
        ask(another, 1);
        away.receive(MIB);
        assertThat(meter.given().bytes()).isEqualTo(MIB);
    }

    @Test
    void aCapThatWasReachedBeforeARestartHoldsAfterIt() throws Exception {
        meter.count(CAP);
        meter = meter();
        Client far = new Client();
        Link internet = link(far, FAR);
        internet.send(new Frame.Open(1, hashed.id(), MIB, true, ByteString.EMPTY));
        assertThat(far.next()).isEqualTo(new Frame.RejectOpen(1, RejectReason.UPLOAD_CAP, 0));
        ask(internet, 1);
        assertThat(far.next()).isEqualTo(told(1));
        assertThat(far.received).isZero();
    }

    @Test
    void aLinkThatStandsCountsNoMoreOnceTheCoordinatorCallsThePeerNear() throws Exception {
        Client far = new Client();
        Link internet = link(far, FAR);
        begin(far, internet);
        ask(internet, 1);
        far.receive(MIB);
        assertThat(meter.given().bytes()).isEqualTo(MIB);
        peering.found("fleet x", key(FAR.getHostAddress()).id(), SourceKind.LAN, List.of(), false);
        ask(internet, 2);
        far.receive(2 * MIB);
        assertThat(meter.given().bytes()).isEqualTo(MIB);
    }

    @Test
    void bytesCountAlsoWhenThePeerLeavesBeforeItsRequestIsDone() throws Exception {
        Client far = new Client();
        Link internet = link(far, FAR);
        begin(far, internet);
        ask(internet, 1);
        far.receive(1);
        internet.close(RejectReason.OTHER);
        assertThat(meter.given().bytes()).isGreaterThanOrEqualTo(far.received);
    }
}
