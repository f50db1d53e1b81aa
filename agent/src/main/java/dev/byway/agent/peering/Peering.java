package dev.byway.agent.peering;

import dev.byway.agent.link.Link;
import dev.byway.agent.link.LinkEnd;
import dev.byway.agent.link.LinkHandler;
import dev.byway.agent.link.LinkTunnel;
import dev.byway.agent.link.ServeOutcome;
import dev.byway.agent.loop.Loop;
import dev.byway.agent.store.ContentStore;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.policy.Refusal;
import dev.byway.core.swarm.Declined;
import dev.byway.core.swarm.Declining;
import dev.byway.core.swarm.Neighbours;
import dev.byway.core.swarm.Parting;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.ProbeOutcome;
import dev.byway.core.wire.RejectReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The device loop: owns the links and the neighbours. What peers are given, {@link Giving} decides; what downloads are told, {@link
 * Audience} remembers.
 *
 * <p>Bytes of content never pass through it: a {@link Frame.Data} goes from the link's reader thread straight to the {@link
 * Receiver} of its request, and what is served goes from the store straight to the link's writer thread.
 */
public final class Peering implements LinkHandler, AutoCloseable {
    private static final long LOOP_MILLIS = 1000;

    private final Loop loop = new Loop("byway-device");
    private final Neighbours neighbours;
    private final Audience audience = new Audience();
    private final Giving giving;
    private final Dialling dialling;
    private final DialBacks dialBacks;
    private final Consumer<DeviceId> asking;
    private final PeerGates gates;
    private final Acquaintances acquaintances;
    private final Declined declined = new Declined();
    private final WholeFiles files;
    private final Map<Link, PeerLink> links = new ConcurrentHashMap<>();
    private final AtomicLong uploaded = new AtomicLong();
    private long lastLink;

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
     * @param mostLinks see {@link Neighbours}
     * @param uploadSlots requests served at once
     * @param asking asks a device, through the coordinator, to dial this one; returns at once
     * @param gates whether bytes may go between this device and a peer
     */
    public Peering(
            DeviceId self,
            ContentStore store,
            int mostLinks,
            int uploadSlots,
            Dialling dialling,
            Consumer<DeviceId> asking,
            PeerGates gates) {
        this.neighbours = new Neighbours(self, mostLinks);
        this.dialling = dialling;
        this.dialBacks = new DialBacks(dialling, this::hears);
        this.asking = asking;
        this.gates = gates;
        this.acquaintances = new Acquaintances(gates);
        this.giving = new Giving(store, uploadSlots, loop, this::link, audience, acquaintances);
        this.files = new WholeFiles(self, loop, store, acquaintances, links::values, this::company);
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
            told(device, kind);
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
            told(device, kind);
            InetSocketAddress address = new InetSocketAddress(teredo, LinkTunnel.PORT);
            if (isToBeDialled(device, address)) {
                String name = Neighbours.name(teredo, LinkTunnel.PORT);
                Optional<Reason> barred = noWay.map(why -> Reason.of(name, ReasonCode.PEER_BEHIND_NAT, why));
                neighbours.foundBehindNat(key, device, address, barred, Loop.now());
                dialDue();
            }
        });
    }

    private void told(DeviceId device, SourceKind kind) {
        if (acquaintances.told(device, kind)) {
            judgeAgain(device.toString());
        }
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
            audience.meeting(now);
            tellWhoMayCome();
        });
    }

    /** Local discovery begins to look who is there, which takes so much time. */
    public void looking(Duration time) {
        loop.execute(() -> audience.looking(Loop.now().plus(time)));
    }

    /** A download begins; it is told of all links and of those to come. */
    public void register(ContentListener download) {
        loop.execute(() -> {
            neighbours.want(true);
            audience.add(download, links.values(), neighbours.expected(Loop.now()));
            dialDue();
        });
    }

    /** Whether there is, or may soon be, a neighbour that can be asked for a file by its digest; waits for the device loop. */
    public boolean hasCompany() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(files.hasCompany()));
        return answer.completeOnTimeout(false, LOOP_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    /**
     * Seeks a file of which only the digest is known; to be closed when it is here or not sought any more. Waits for the device loop.
     *
     * @param length of the file as its origin says
     * @return empty when it is being sought already
     */
    public Optional<FileSearch> seek(Digest sha256, long length) {
        CompletableFuture<Optional<FileSearch>> answer = new CompletableFuture<>();
        loop.execute(() -> {
            neighbours.want(true);
            dialDue();
            Optional<FileSearch> search = files.seek(sha256, length);
            if (!answer.complete(search)) {
                search.ifPresent(files::over);
            }
        });
        return answer.completeOnTimeout(Optional.empty(), LOOP_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    /** A download has ended; what it opened stays open for others to take. */
    public void unregister(ContentId content) {
        loop.execute(() -> audience.remove(content));
    }

    /**
     * Takes a content that is to be deleted back from all peers: none of them has it open any more, and each is told that it is not
     * here. Nothing is done when one of them is being sent some of it, or this device itself uses it. Waits for the device loop.
     */
    public void callBack(ContentId content) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        loop.execute(() -> {
            if (audience.find(content).isEmpty() && giving.isOnlyLent(content)) {
                links.values().forEach(peer -> giving.callBack(peer, content));
            }
            done.complete(true);
        });
        done.completeOnTimeout(false, LOOP_MILLIS, TimeUnit.MILLISECONDS).join();
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
                giving.finished(peer, request, bytes);
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
            audience.introduce(peer);
            files.introduce(peer);
        }
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
            audience.left(peer, Optional.of(reason));
            files.left(peer);
            peer.opened().forEach(peer::close);
        }
        if (now.giving().isPresent() && before.giving().isEmpty()) {
            giving.stop(peer, now.giving().get());
        }
        if (before.isShut() && !now.isShut()) {
            declined.linked(peer.device());
            audience.introduce(peer);
            files.introduce(peer);
        }
        if (before.giving().isPresent() && now.giving().isEmpty()) {
            peer.opened().forEach(peer::close);
            giving.resume(peer);
        }
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
        Optional<Reason> reason = end.reason(peer.name());
        boolean refused =
                reason.filter(why -> why.code() == ReasonCode.PEER_REFUSED).isPresent()
                        && !peer.standing().isShut();
        reason.filter(_ -> refused || end.parting() == Parting.FAULT)
                .ifPresent(why -> declined.note(peer.device(), why, Loop.now()));
        audience.left(peer, reason);
        giving.gone(peer);
        files.left(peer);
        peer.isGone();
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
        audience.tell(neighbours.unreached(), declined.reasons(Loop.now()), neighbours.expected(Loop.now()));
    }

    private WholeFiles.Company company() {
        return audience.company(neighbours.expected(Loop.now()));
    }

    private static Moment later(Moment moment) {
        Moment soon = Loop.now().plus(Duration.ofMillis(50));
        return moment.isBefore(soon) ? soon : moment;
    }

    // ---- frames ----

    private void take(PeerLink peer, Frame frame) {
        switch (frame) {
            case Frame.Open open -> giving.open(peer, open);
            case Frame.Close close -> peer.theyClosed(close.channel()).ifPresent(offer -> closed(peer, offer));
            case Frame.Bitfield bitfield ->
                peer.theirs(bitfield.channel())
                        .ifPresent(offer -> pieceSet(offer.pieces(), bitfield).ifPresent(held -> {
                            offer.holds(held);
                            audience.find(peer, offer).ifPresent(download -> download.holds(peer, held.copy()));
                        }));
            case Frame.Have have ->
                peer.theirs(have.channel()).ifPresent(offer -> {
                    offer.has(have.firstPiece(), have.count());
                    audience.find(peer, offer)
                            .ifPresent(download -> download.has(peer, have.firstPiece(), have.count()));
                });
            case Frame.Intent intent ->
                peer.theirs(intent.channel())
                        .flatMap(offer -> audience.find(peer, offer))
                        .ifPresent(download -> download.intent(
                                peer, intent.piece(), Duration.ofMillis(intent.leaseMillis()), intent.relayed()));
            case Frame.Request request -> giving.request(peer, request);
            case Frame.Cancel cancel -> giving.cancelled(peer, cancel.request());
            case Frame.RejectRequest reject -> peer.rejected(reject);
            case Frame.RejectOpen reject -> rejected(peer, reject);
            case Frame.Complaint complaint -> giving.complained(peer, complaint);
            case Frame.HashRequest request -> giving.hashes(peer, request);
            case Frame.Probe probe -> dialBacks.answer(peer, probe);
            case Frame.ProbeResult result -> dialBacks.answered(result);
            case Frame.Hashes hashes -> peer.hashed(hashes);
            case Frame.Seek seek -> files.heard(peer, seek);
            case Frame.Lacks lacks -> files.heard(peer, lacks);
            case Frame.Fetching fetching -> files.heard(peer, fetching);
            case Frame.Whole whole -> files.heard(peer, whole);
            case Frame.Data ignored -> {}
            case Frame.Hello ignored -> {}
            case Frame.KeepAlive ignored -> {}
            case Frame.Bye ignored -> {}
        }
    }

    private void rejected(PeerLink peer, Frame.RejectOpen reject) {
        peer.ours(reject.channel()).ifPresent(content -> {
            Optional<Reason> reason = Declining.fromPeer(peer.name(), reject.reason());
            reason.ifPresent(why -> peer.refuses(reject.channel(), why));
            audience.find(content)
                    .ifPresent(download ->
                            reason.ifPresentOrElse(why -> download.refused(peer, why), () -> download.lacks(peer)));
        });
    }

    private static Optional<PieceSet> pieceSet(int pieces, Frame.Bitfield bitfield) {
        try {
            return Optional.of(PieceSet.of(pieces, bitfield.bits()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void closed(PeerLink peer, Offer offer) {
        giving.closed(peer, offer);
        audience.find(peer, offer).ifPresent(download -> download.left(peer, Optional.empty()));
    }
}
