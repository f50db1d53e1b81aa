package dev.byway.agent.peering;

import dev.byway.agent.link.Link;
import dev.byway.agent.link.LinkEnd;
import dev.byway.agent.link.LinkHandler;
import dev.byway.agent.link.ServeOutcome;
import dev.byway.agent.loop.Loop;
import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.policy.Refusal;
import dev.byway.core.swarm.Declined;
import dev.byway.core.swarm.Declining;
import dev.byway.core.swarm.Neighbours;
import dev.byway.core.swarm.Parting;
import dev.byway.core.swarm.Unreached;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.ProbeOutcome;
import dev.byway.core.wire.RejectReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The device loop: owns the links, the upload slots and the neighbours.
 *
 * <p>Bytes of content never pass through it: a {@link Frame.Data} goes from the link's reader thread straight to the {@link
 * Receiver} of its request, and what is served goes from the store straight to the link's writer thread.
 */
public final class Peering implements LinkHandler, AutoCloseable {
    private static final long LOOP_MILLIS = 1000;
    private static final int TUNNEL_PORT = 7680;

    private final Loop loop = new Loop("byway-device");
    private final Neighbours neighbours;
    private final Serving serving;
    private final Shelf shelf;
    private final Dialling dialling;
    private final DialBacks dialBacks;
    private final Consumer<DeviceId> asking;
    private final PeerGates gates;
    private final Acquaintances acquaintances;
    private final Declined declined = new Declined();
    private final Map<Link, PeerLink> links = new ConcurrentHashMap<>();
    private final Map<ContentId, ContentListener> downloads = new HashMap<>();
    private final AtomicLong uploaded = new AtomicLong();
    private long lastLink;
    private int expected;
    private boolean meeting;
    private boolean toldMeeting;
    private List<Unreached> unreached = List.of();
    private List<Reason> refused = List.of();

    /** Dials one candidate, blocking; why no link was made, or nothing. */
    @FunctionalInterface
    public interface Dialling {
        Optional<Reason> dial(Neighbours.Dial dial);

        /** Shakes hands with a device that asks whether it can be reached, and closes; who does not do so says that. */
        default ProbeOutcome dialBack(InetSocketAddress address, DeviceId expected) {
            return ProbeOutcome.NOT_TRIED;
        }

        /** Whether DNS-SD looks for neighbours now. */
        default boolean isLooking() {
            return false;
        }
    }

    /**
     * @param uploadSlots requests served at once
     * @param asking asks a device, through the coordinator, to dial this one; returns at once
     * @param gates whether bytes may go between this device and a peer
     */
    public Peering(
            DeviceId self,
            ContentStore store,
            int uploadSlots,
            Dialling dialling,
            Consumer<DeviceId> asking,
            PeerGates gates) {
        this.neighbours = new Neighbours(self);
        this.shelf = new Shelf(store);
        this.serving = new Serving(uploadSlots, shelf, loop, this::link);
        this.dialling = dialling;
        this.dialBacks = new DialBacks(dialling, this::hears);
        this.asking = asking;
        this.gates = gates;
        this.acquaintances = new Acquaintances(gates);
    }

    // ---- for everybody ----

    /** Links are of use from now on: something is held or wanted. */
    public void want() {
        loop.execute(() -> {
            neighbours.want(true);
            dialDue();
        });
    }

    /** Local discovery found a device; see {@link Neighbours#found}. */
    public void sighted(String instance, String hint, List<InetSocketAddress> addresses) {
        loop.execute(() -> {
            neighbours.found(instance, hint, Optional.empty(), addresses, Loop.now());
            if (acquaintances.sighted(instance, hint)) {
                judgeAgain(hint);
            }
            dialDue();
        });
    }

    /**
     * The coordinator names a device; see {@link Neighbours#found}. It is not dialled where a gate refuses it by its address
     * alone.
     *
     * @param kind how near it is
     * @param now whether to dial at once, because the other side asked for it
     */
    public void found(String key, DeviceId device, SourceKind kind, List<InetSocketAddress> addresses, boolean now) {
        loop.execute(() -> {
            acquaintances.told(device, kind);
            List<InetSocketAddress> allowed = addresses.stream()
                    .filter(address -> isToBeDialled(device, address))
                    .toList();
            neighbours.found(key, device.toString(), Optional.of(device), allowed, Loop.now());
            if (now) {
                neighbours.want(true);
                neighbours.hurry(key, Loop.now());
            }
            dialDue();
        });
    }

    /**
     * The coordinator says that a device may be met behind its NAT; see {@link Neighbours#foundBehindNat}.
     *
     * @param noWay for people, why the two NATs let nothing through; empty where they may
     */
    public void foundBehindNat(
            String key, DeviceId device, SourceKind kind, InetAddress teredo, Optional<String> noWay) {
        loop.execute(() -> {
            acquaintances.told(device, kind);
            InetSocketAddress address = new InetSocketAddress(teredo, TUNNEL_PORT);
            if (isToBeDialled(device, address)) {
                String name = Neighbours.name(teredo, TUNNEL_PORT);
                Optional<Reason> barred = noWay.map(why -> Reason.of(name, ReasonCode.PEER_BEHIND_NAT, why));
                neighbours.foundBehindNat(key, device, address, barred, Loop.now());
                dialDue();
            }
        });
    }

    /** This device is met elsewhere in the tunnel; see {@link Neighbours#moved}. */
    public void moved() {
        loop.execute(() -> {
            neighbours.moved();
            dialDue();
        });
    }

    private boolean isToBeDialled(DeviceId device, InetSocketAddress address) {
        Optional<Refusal> refusal = acquaintances.beforeDialling(Optional.of(device), address.getAddress());
        refusal.ifPresent(no -> {
            String name = Neighbours.name(address.getAddress(), address.getPort());
            declined.note(device, no.about(name), Loop.now());
        });
        return refusal.isEmpty();
    }

    /** Nobody need be looked for under this key any more. */
    public void gone(String key) {
        loop.execute(() -> {
            neighbours.gone(key);
            acquaintances.gone(key).ifPresent(this::judgeAgain);
            tellWhoMayCome();
        });
    }

    /** What is known of this device changed: what may go over each link is judged again. */
    public void reconsider() {
        loop.execute(() -> {
            links.values().forEach(this::judgeAgain);
            tellWhoMayCome();
        });
    }

    /** Whether it is being asked elsewhere who else is there, so that neighbours may soon turn up. */
    public void meeting(boolean now) {
        loop.execute(() -> {
            meeting = now;
            tellWhoMayCome();
        });
    }

    /** A download begins; it is told of all links and of those to come. */
    public void register(ContentListener download) {
        loop.execute(() -> {
            downloads.put(download.content(), download);
            download.expecting(neighbours.expected(Loop.now()), meeting);
            download.unreached(unreached);
            download.declined(refused);
            neighbours.want(true);
            links.values().forEach(peer -> introduce(download, peer));
            dialDue();
        });
    }

    /** A download has ended; what it opened stays open for others to take. */
    public void unregister(ContentId content) {
        loop.execute(() -> downloads.remove(content));
    }

    /** All links at present. */
    public List<PeerLink> links() {
        return links.values().stream()
                .sorted(Comparator.comparingLong(PeerLink::number))
                .toList();
    }

    /** All that were told of, at most {@code most} of them; waits for the device loop. */
    public List<Neighbours.Known> known(int most) {
        CompletableFuture<List<Neighbours.Known>> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(neighbours.known(most)));
        return answer.completeOnTimeout(List.of(), LOOP_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    /** Whether DNS-SD tells of this device; waits for the device loop. */
    private boolean hears(DeviceId device) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(neighbours.hears(device)));
        return answer.completeOnTimeout(false, LOOP_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    /**
     * Asks a peer whether it can reach this device, which it finds out by dialling, and whether it hears it; waits for the answer.
     *
     * @return empty when it did not answer in time, or may not be asked now
     */
    public Optional<Frame.ProbeResult> askToDialBack(PeerLink peer, Duration most) {
        CompletableFuture<Optional<Frame.ProbeResult>> answer = new CompletableFuture<>();
        loop.execute(() -> dialBacks.ask(peer, answer));
        try {
            return answer.completeOnTimeout(Optional.empty(), most.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } finally {
            loop.execute(dialBacks::tidy);
        }
    }

    /** Bytes of content given to peers so far. */
    public long uploaded() {
        return uploaded.get();
    }

    @Override
    public void close() {
        links().forEach(peer -> peer.link().close(RejectReason.SHUTTING_DOWN));
        loop.close();
    }

    // ---- what links say, on their threads ----

    @Override
    public void onOpened(Link link) {
        loop.execute(() -> opened(link));
    }

    @Override
    public void onFrame(Link link, Frame frame) {
        if (frame instanceof Frame.Data data) {
            PeerLink peer = links.get(link);
            if (peer != null) {
                peer.data(data);
            }
        } else {
            loop.execute(() -> {
                PeerLink peer = links.get(link);
                if (peer != null) {
                    take(peer, frame);
                }
            });
        }
    }

    @Override
    public void onSending(Link link, int bytes) {
        uploaded.addAndGet(bytes);
        PeerLink peer = links.get(link);
        if (peer != null) {
            gates.gives(peer.standing().kind(), bytes);
        }
    }

    @Override
    public void onServed(Link link, int request, int bytes, ServeOutcome outcome) {
        loop.execute(() -> {
            PeerLink peer = links.get(link);
            if (peer != null) {
                serving.finished(peer.number(), request, bytes);
            }
        });
    }

    @Override
    public void onClosed(Link link, LinkEnd end) {
        loop.execute(() -> closed(link, end));
    }

    // ---- links ----

    private void opened(Link link) {
        Standing standing = acquaintances.standing(link);
        PeerLink peer = new PeerLink(link, ++lastLink, standing);
        links.put(link, peer);
        Optional<Neighbours.Surplus> surplus =
                neighbours.opened(peer.number(), link.peer().device(), peer.liable(), link.dialledHere(), Loop.now());
        surplus.ifPresent(this::closeSurplus);
        if (surplus.filter(s -> s.link() == peer.number()).isEmpty()) {
            begin(peer, standing);
        }
        dialDue();
    }

    private void begin(PeerLink peer, Standing standing) {
        standing.taking()
                .ifPresentOrElse(
                        refusal -> declined.note(peer.device(), refusal.about(peer.name()), Loop.now()),
                        () -> declined.linked(peer.device()));
        if (standing.isForGood()) {
            peer.link().close(Declining.toPeer(standing.taking().orElseThrow()));
        } else {
            downloads.values().forEach(download -> introduce(download, peer));
        }
    }

    private static void introduce(ContentListener download, PeerLink peer) {
        if (!isFor(download, peer) || peer.standing().isShut()) {
            return;
        }
        download.linked(peer);
        peer.offer(download.content())
                .filter(offer -> offer.pieceLength() == download.pieceLength())
                .ifPresent(offer -> {
                    download.opened(peer, offer.wants());
                    download.holds(peer, offer.held().copy());
                });
    }

    private void judgeAgain(String device) {
        links.values().stream()
                .filter(peer -> peer.device().toString().startsWith(device))
                .forEach(this::judgeAgain);
    }

    /** What was forbidden may be allowed now, and the other way round. */
    private void judgeAgain(PeerLink peer) {
        Standing before = peer.standing();
        Standing now = acquaintances.standing(peer.link());
        peer.stands(now);
        if (now.isShut() && !before.isShut()) {
            Reason reason = now.taking().orElseThrow().about(peer.name());
            declined.note(peer.device(), reason, Loop.now());
            downloads.values().forEach(download -> download.left(peer, Optional.of(reason)));
            peer.opened().forEach(peer::close);
        }
        if (now.giving().isPresent() && before.giving().isEmpty()) {
            peer.theirs().forEach((channel, offer) -> refuseIfHere(peer, channel, offer.content()));
            serving.stop(peer, Declining.toPeer(now.giving().get()));
        }
        if (before.isShut() && !now.isShut()) {
            declined.linked(peer.device());
            downloads.values().forEach(download -> introduce(download, peer));
        }
        if (before.giving().isPresent() && now.giving().isEmpty()) {
            peer.opened().forEach(peer::close);
            peer.theirs().forEach((channel, offer) -> answer(peer, channel, offer));
        }
    }

    private void refuseIfHere(PeerLink peer, int channel, ContentId content) {
        if (download(content).isPresent() || shelved(peer, content).isPresent()) {
            giving(peer, content).ifPresent(no -> refuse(peer, channel, Declining.toPeer(no)));
        }
    }

    private Optional<Refusal> giving(PeerLink peer, ContentId content) {
        return peer.standing().giving().or(() -> acquaintances.sharing(content));
    }

    private static boolean isFor(ContentListener download, PeerLink peer) {
        return Shelf.isFor(download.visibility(), peer.link().peer());
    }

    private Optional<PeerLink> link(long number) {
        return links.values().stream().filter(peer -> peer.number() == number).findFirst();
    }

    private void closeSurplus(Neighbours.Surplus surplus) {
        link(surplus.link()).ifPresent(peer -> peer.link().close(surplus.reason()));
    }

    private void closed(Link link, LinkEnd end) {
        PeerLink peer = links.remove(link);
        if (peer == null) {
            return;
        }
        neighbours.closed(peer.number(), peer.device(), peer.liable(), end.parting(), Loop.now());
        peer.shelved().forEach(shelf::giveBack);
        Optional<Reason> reason = end.reason(peer.name());
        boolean refused =
                reason.filter(why -> why.code() == ReasonCode.PEER_REFUSED).isPresent()
                        && !peer.standing().isShut();
        reason.filter(_ -> refused || end.parting() == Parting.FAULT)
                .ifPresent(why -> declined.note(peer.device(), why, Loop.now()));
        downloads.values().forEach(download -> download.left(peer, reason));
        serving.gone(peer);
        dialBacks.closed(peer);
        dialDue();
    }

    private void dialDue() {
        for (Neighbours.Dial dial : neighbours.due(Loop.now())) {
            Thread.ofVirtual().name("byway-dial").start(() -> {
                Optional<Reason> failure = dialling.dial(dial);
                loop.execute(() -> {
                    neighbours.dialled(dial.key(), failure, Loop.now());
                    dialDue();
                });
            });
        }
        neighbours.asks(Loop.now()).forEach(asking);
        tellWhoMayCome();
        neighbours.nextDial(Loop.now()).ifPresent(moment -> loop.wakeAt(later(moment), this::dialDue));
    }

    private void tellWhoMayCome() {
        List<Unreached> now = neighbours.unreached();
        if (!now.equals(unreached)) {
            unreached = now;
            downloads.values().forEach(download -> download.unreached(now));
        }
        List<Reason> no = declined.reasons(Loop.now());
        if (!no.equals(refused)) {
            refused = no;
            downloads.values().forEach(download -> download.declined(no));
        }
        int soon = neighbours.expected(Loop.now());
        if (soon != expected || meeting != toldMeeting) {
            expected = soon;
            toldMeeting = meeting;
            downloads.values().forEach(download -> download.expecting(expected, toldMeeting));
        }
    }

    private static Moment later(Moment moment) {
        Moment soon = Loop.now().plus(Duration.ofMillis(50));
        return moment.isBefore(soon) ? soon : moment;
    }

    // ---- frames ----

    private void take(PeerLink peer, Frame frame) {
        switch (frame) {
            case Frame.Open open -> open(peer, open);
            case Frame.Close close -> peer.theyClosed(close.channel()).ifPresent(offer -> closed(peer, offer));
            case Frame.Bitfield bitfield ->
                peer.theirs(bitfield.channel())
                        .ifPresent(offer -> pieceSet(offer.pieces(), bitfield).ifPresent(held -> {
                            offer.holds(held);
                            listener(peer, offer).ifPresent(download -> download.holds(peer, held.copy()));
                        }));
            case Frame.Have have ->
                peer.theirs(have.channel()).ifPresent(offer -> {
                    offer.has(have.firstPiece(), have.count());
                    listener(peer, offer).ifPresent(download -> download.has(peer, have.firstPiece(), have.count()));
                });
            case Frame.Intent intent ->
                peer.theirs(intent.channel())
                        .flatMap(offer -> listener(peer, offer))
                        .ifPresent(download -> download.intent(
                                peer, intent.piece(), Duration.ofMillis(intent.leaseMillis()), intent.relayed()));
            case Frame.Request request -> request(peer, request);
            case Frame.Cancel cancel -> serving.cancelled(peer, cancel.request());
            case Frame.RejectRequest reject -> peer.rejected(reject);
            case Frame.RejectOpen reject ->
                Declining.fromPeer(peer.name(), reject.reason())
                        .ifPresent(reason -> peer.ours(reject.channel())
                                .flatMap(this::download)
                                .ifPresent(download -> download.refused(peer, reason)));
            case Frame.Complaint complaint ->
                peer.theirs(complaint.channel())
                        .map(Offer::content)
                        .filter(content -> peer.mayComplain(content, complaint.piece()))
                        .ifPresent(content -> recheck(content, complaint.piece()));
            case Frame.HashRequest request -> hashes(peer, request);
            case Frame.Probe probe -> dialBacks.answer(peer, probe);
            case Frame.ProbeResult result -> dialBacks.answered(result);
            case Frame.Hashes ignored -> {}
            case Frame.Data ignored -> {}
            case Frame.Hello ignored -> {}
            case Frame.KeepAlive ignored -> {}
            case Frame.Bye ignored -> {}
        }
    }

    private static Optional<PieceSet> pieceSet(int pieces, Frame.Bitfield bitfield) {
        try {
            return Optional.of(PieceSet.of(pieces, bitfield.bits()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Who takes from this peer what it offers. */
    private Optional<ContentListener> listener(PeerLink peer, Offer offer) {
        return download(offer.content())
                .filter(download -> download.pieceLength() == offer.pieceLength())
                .filter(_ -> !peer.standing().isShut());
    }

    private Optional<ContentListener> download(ContentId content) {
        return Optional.ofNullable(downloads.get(content));
    }

    private void closed(PeerLink peer, Offer offer) {
        if (peer.shelved().remove(offer.content())) {
            shelf.giveBack(offer.content());
        }
        listener(peer, offer).ifPresent(download -> download.left(peer, Optional.empty()));
    }

    private void open(PeerLink peer, Frame.Open open) {
        if (!peer.hasRoomFor(new PieceLayout(open.content().length(), open.pieceLength()).pieceCount())) {
            refuse(peer, open.channel(), RejectReason.LIMIT);
            return;
        }
        Offer offer = new Offer(open.content(), open.pieceLength(), open.wants());
        peer.theyOpened(open.channel(), offer);
        answer(peer, open.channel(), offer);
    }

    /** Opens what the peer opened, if it is here, or says why it is not given. */
    private void answer(PeerLink peer, int channel, Offer offer) {
        Optional<ContentListener> download = listener(peer, offer).filter(d -> isFor(d, peer));
        if (download.isPresent()) {
            download.get().linked(peer);
            download.get().opened(peer, offer.wants());
            download.get().holds(peer, offer.held().copy());
            giving(peer, offer.content()).ifPresent(no -> refuse(peer, channel, Declining.toPeer(no)));
            return;
        }
        shelved(peer, offer.content()).ifPresent(content -> {
            Optional<Refusal> no = giving(peer, offer.content());
            if (no.isPresent()) {
                refuse(peer, channel, Declining.toPeer(no.get()));
            } else if (content.layout().pieceLength() == offer.pieceLength()) {
                peer.open(offer.content(), offer.pieceLength(), false, content.held());
            } else {
                refuse(peer, channel, RejectReason.MISMATCH);
            }
        });
    }

    /** The content as this peer may have it. */
    private Optional<StoredContent> shelved(PeerLink peer, ContentId content) {
        if (peer.shelved().contains(content)) {
            return shelf.find(content);
        }
        Optional<StoredContent> taken = shelf.take(content, peer.link().peer());
        taken.ifPresent(ignored -> peer.shelved().add(content));
        return taken;
    }

    private static void refuse(PeerLink peer, int channel, RejectReason reason) {
        peer.link().send(new Frame.RejectOpen(channel, reason, 0));
    }

    private void recheck(ContentId content, int piece) {
        shelf.find(content)
                .ifPresent(stored -> Thread.ofVirtual().name("byway-recheck").start(() -> {
                    if (!stored.recheck(piece)) {
                        loop.execute(() -> download(content).ifPresent(download -> download.lost(piece)));
                    }
                }));
    }

    private void hashes(PeerLink peer, Frame.HashRequest request) {
        wanted(peer, request.channel(), request.request())
                .ifPresent(stored -> serving.askedForHashes(peer, stored, request));
    }

    private void request(PeerLink peer, Frame.Request request) {
        wanted(peer, request.channel(), request.request()).ifPresent(stored -> serving.asked(peer, stored, request));
    }

    /** What a request is about, when it is here and may be given; else the request is rejected. */
    private Optional<StoredContent> wanted(PeerLink peer, int channel, int request) {
        Optional<StoredContent> stored = peer.theirs(channel).flatMap(offer -> shelved(peer, offer.content()));
        Optional<RejectReason> no = stored.isEmpty()
                ? Optional.of(RejectReason.NOT_HELD)
                : giving(peer, stored.get().id()).map(Declining::toPeer);
        no.ifPresent(reason -> peer.reject(request, reason, Duration.ZERO));
        return stored.filter(_ -> no.isEmpty());
    }
}
