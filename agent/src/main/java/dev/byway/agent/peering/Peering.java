package dev.byway.agent.peering;

import dev.byway.agent.link.Link;
import dev.byway.agent.link.LinkEnd;
import dev.byway.agent.link.LinkHandler;
import dev.byway.agent.link.ServeOutcome;
import dev.byway.agent.loop.Loop;
import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.account.Reason;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.swarm.Neighbours;
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
import java.util.function.Function;

/**
 * The device loop: owns the links, the upload slots and the neighbours.
 *
 * <p>Bytes of content never pass through it: a {@link Frame.Data} goes from the link's reader thread straight to the {@link
 * Receiver} of its request, and what is served goes from the store straight to the link's writer thread.
 */
public final class Peering implements LinkHandler, AutoCloseable {
    private static final long LOOP_MILLIS = 1000;

    private final Loop loop = new Loop("byway-device");
    private final Neighbours neighbours;
    private final Serving serving;
    private final Shelf shelf;
    private final Dialling dialling;
    private final DialBacks dialBacks;
    private final Consumer<DeviceId> asking;
    private final Function<InetAddress, SourceKind> relation;
    private final Map<Link, PeerLink> links = new ConcurrentHashMap<>();
    private final Map<DeviceId, SourceKind> known = new HashMap<>();
    private final Map<ContentId, ContentListener> downloads = new HashMap<>();
    private final AtomicLong uploaded = new AtomicLong();
    private long lastLink;
    private int expected;
    private boolean meeting;
    private List<Unreached> unreached = List.of();

    /** Dials one candidate, blocking; why no link was made, or nothing. */
    @FunctionalInterface
    public interface Dialling {
        Optional<Reason> dial(Neighbours.Dial dial);

        /** Shakes hands with a device that asks whether it can be reached, and closes; who does not do so says that. */
        default ProbeOutcome dialBack(InetSocketAddress address, DeviceId expected) {
            return ProbeOutcome.NOT_TRIED;
        }
    }

    /**
     * @param uploadSlots requests served at once
     * @param asking asks a device, through the coordinator, to dial this one; returns at once
     * @param relation how near a peer at an address is when the coordinator said nothing about it
     */
    public Peering(
            DeviceId self,
            ContentStore store,
            int uploadSlots,
            Dialling dialling,
            Consumer<DeviceId> asking,
            Function<InetAddress, SourceKind> relation) {
        this.neighbours = new Neighbours(self);
        this.shelf = new Shelf(store);
        this.serving = new Serving(uploadSlots, shelf, loop, this::link);
        this.dialling = dialling;
        this.dialBacks = new DialBacks(dialling::dialBack);
        this.asking = asking;
        this.relation = relation;
    }

    // ---- for everybody ----

    /** Links are of use from now on: something is held or wanted. */
    public void want() {
        loop.execute(() -> {
            neighbours.want(true);
            dialDue();
        });
    }

    /**
     * A device may be there; see {@link Neighbours#found}.
     *
     * @param kind how near it is, where the source knows
     * @param now whether to dial at once, because the other side asked for it
     */
    public void found(
            String key,
            String hint,
            Optional<DeviceId> device,
            Optional<SourceKind> kind,
            List<InetSocketAddress> addresses,
            boolean now) {
        loop.execute(() -> {
            device.ifPresent(id -> kind.ifPresent(k -> known.put(id, k)));
            neighbours.found(key, hint, device, addresses, Loop.now());
            if (now) {
                neighbours.want(true);
                neighbours.hurry(key, Loop.now());
            }
            dialDue();
        });
    }

    /** Nobody need be looked for under this key any more. */
    public void gone(String key) {
        loop.execute(() -> {
            neighbours.gone(key);
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
            download.expecting(expected());
            download.unreached(unreached);
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

    /**
     * Asks a peer whether it can reach this device, which it finds out by dialling; waits for the answer.
     *
     * @return {@link ProbeOutcome#NOT_TRIED} when it did not answer in time
     */
    public ProbeOutcome askToDialBack(PeerLink peer, Duration most) {
        CompletableFuture<ProbeOutcome> answer = new CompletableFuture<>();
        loop.execute(() -> dialBacks.ask(peer, answer));
        try {
            return answer.completeOnTimeout(ProbeOutcome.NOT_TRIED, most.toMillis(), TimeUnit.MILLISECONDS)
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
    public void onServed(Link link, int request, int bytes, ServeOutcome outcome) {
        uploaded.addAndGet(bytes);
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
        SourceKind kind = known.getOrDefault(
                link.peer().device(), relation.apply(link.remote().getAddress()));
        PeerLink peer = new PeerLink(link, ++lastLink, kind);
        links.put(link, peer);
        Optional<Neighbours.Surplus> surplus =
                neighbours.opened(peer.number(), link.peer().device(), peer.liable(), link.dialledHere(), Loop.now());
        surplus.ifPresent(this::closeSurplus);
        dialDue();
        if (surplus.filter(s -> s.link() == peer.number()).isEmpty()) {
            downloads.values().forEach(download -> introduce(download, peer));
        }
    }

    private static void introduce(ContentListener download, PeerLink peer) {
        if (!isFor(download, peer)) {
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
        Optional<Reason> reason = end.meaning().map(code -> Reason.of(peer.name(), code, end.text()));
        downloads.values().forEach(download -> download.left(peer, reason));
        serving.gone(peer);
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

    private int expected() {
        return neighbours.expected(Loop.now()) + (meeting ? 1 : 0);
    }

    private void tellWhoMayCome() {
        List<Unreached> now = neighbours.unreached();
        if (!now.equals(unreached)) {
            unreached = now;
            downloads.values().forEach(download -> download.unreached(now));
        }
        if (expected() != expected) {
            expected = expected();
            downloads.values().forEach(download -> download.expecting(expected));
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
                            listener(offer).ifPresent(download -> download.holds(peer, held.copy()));
                        }));
            case Frame.Have have ->
                peer.theirs(have.channel()).ifPresent(offer -> {
                    offer.has(have.firstPiece(), have.count());
                    listener(offer).ifPresent(download -> download.has(peer, have.firstPiece(), have.count()));
                });
            case Frame.Intent intent ->
                peer.theirs(intent.channel())
                        .flatMap(this::listener)
                        .ifPresent(download -> download.intent(
                                peer, intent.piece(), Duration.ofMillis(intent.leaseMillis()), intent.relayed()));
            case Frame.Request request -> request(peer, request);
            case Frame.Cancel cancel -> serving.cancelled(peer, cancel.request());
            case Frame.RejectRequest reject -> peer.rejected(reject);
            case Frame.RejectOpen ignored -> {}
            case Frame.Complaint complaint ->
                peer.theirs(complaint.channel())
                        .map(Offer::content)
                        .filter(content -> peer.mayComplain(content, complaint.piece()))
                        .ifPresent(content -> recheck(content, complaint.piece()));
            case Frame.HashRequest request -> hashes(peer, request);
            case Frame.Probe probe -> dialBacks.dial(peer, probe);
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

    private Optional<ContentListener> listener(Offer offer) {
        return download(offer.content()).filter(download -> download.pieceLength() == offer.pieceLength());
    }

    private Optional<ContentListener> download(ContentId content) {
        return Optional.ofNullable(downloads.get(content));
    }

    private void closed(PeerLink peer, Offer offer) {
        if (peer.shelved().remove(offer.content())) {
            shelf.giveBack(offer.content());
        }
        listener(offer).ifPresent(download -> download.left(peer, Optional.empty()));
    }

    private void open(PeerLink peer, Frame.Open open) {
        if (!peer.hasRoomFor(new PieceLayout(open.content().length(), open.pieceLength()).pieceCount())) {
            refuse(peer, open, RejectReason.LIMIT);
            return;
        }
        Offer offer = new Offer(open.content(), open.pieceLength(), open.wants());
        peer.theyOpened(open.channel(), offer);
        Optional<ContentListener> download = listener(offer).filter(d -> isFor(d, peer));
        if (download.isPresent()) {
            download.get().linked(peer);
            download.get().opened(peer, open.wants());
            return;
        }
        shelved(peer, open.content()).ifPresent(content -> {
            if (content.layout().pieceLength() == open.pieceLength()) {
                peer.open(open.content(), open.pieceLength(), false, content.held());
            } else {
                refuse(peer, open, RejectReason.MISMATCH);
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

    private static void refuse(PeerLink peer, Frame.Open open, RejectReason reason) {
        peer.link().send(new Frame.RejectOpen(open.channel(), reason, 0));
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
        peer.theirs(request.channel())
                .flatMap(offer -> shelved(peer, offer.content()))
                .ifPresentOrElse(
                        stored -> serving.askedForHashes(peer, stored, request),
                        () -> peer.reject(request.request(), RejectReason.NOT_HELD, Duration.ZERO));
    }

    private void request(PeerLink peer, Frame.Request request) {
        peer.theirs(request.channel())
                .flatMap(offer -> shelved(peer, offer.content()))
                .ifPresentOrElse(
                        stored -> serving.asked(peer, stored, request),
                        () -> peer.reject(request.request(), RejectReason.NOT_HELD, Duration.ZERO));
    }
}
