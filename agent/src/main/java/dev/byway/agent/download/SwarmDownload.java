package dev.byway.agent.download;

import dev.byway.agent.loop.Loop;
import dev.byway.agent.peering.ContentListener;
import dev.byway.agent.peering.Hearers;
import dev.byway.agent.peering.PeerLink;
import dev.byway.agent.peering.Receiver;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoredContent;
import dev.byway.agent.store.WriteGrant;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contribution;
import dev.byway.core.account.Ledger;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.Story;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.Visibility;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.swarm.Declining;
import dev.byway.core.swarm.Download;
import dev.byway.core.swarm.DownloadEffect;
import dev.byway.core.swarm.DownloadEvent;
import dev.byway.core.swarm.DownloadEvent.Ending;
import dev.byway.core.swarm.SourceId;
import dev.byway.core.swarm.SourceInfo;
import dev.byway.core.swarm.SourceReport;
import dev.byway.core.swarm.TransferId;
import dev.byway.core.swarm.Tuning;
import dev.byway.core.swarm.Unreached;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.RejectReason;
import dev.byway.origin.OriginRequest;
import dev.byway.origin.OriginSession;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One download of proved content: a loop that feeds the rules ({@link Download}) with what happens and does what they say.
 * Everything here runs on that loop, except the receivers of bytes, which only write under their grant and send messages.
 */
final class SwarmDownload implements ContentListener, AutoCloseable {
    private static final int MOST_GIFTS = 64;
    private static final Duration SHOW_EVERY = Duration.ofMillis(100);

    private final Loop loop;
    private final StoredContent stored;
    private final PieceLayer layer;
    private final Visibility visibility;
    private final Download rules;
    private final OriginSession session;
    private final Pace pace;
    private final Listener listener;
    private final Map<SourceId, OriginRequest> origins = new HashMap<>();
    private final Map<SourceId, PeerLink> peers = new HashMap<>();
    private final Map<PeerLink, SourceId> ids = new HashMap<>();
    private final Hearers hearers;
    private final Set<PeerLink> silent = new HashSet<>();
    private Optional<DownloadEvent.Expecting> expected = Optional.empty();
    private final Map<TransferId, Active> transfers = new HashMap<>();
    private final Story story = new Story();
    private final Moment began = Loop.now();
    private List<Unreached> unreached = List.of();
    private List<Reason> declined = List.of();
    private Moment shownAt = began.plusNanos(-SHOW_EVERY.toNanos());
    private boolean unseen;

    /** While the whole is not proved to be what is wanted, neighbours are neither told of it nor given any. */
    private boolean provisional;

    private int lastSource;

    /** What is told to the owner of the download, on its loop. */
    interface Listener {
        /** Something changed that people like to see. */
        void progress(Progress progress);

        void done();

        /**
         * It cannot go on.
         *
         * @param kind a word for scripts
         */
        void failed(String kind, String why);
    }

    /** Where the download stands. */
    record Progress(PieceSet held, Accounts accounts, long bytesPerSecond, int neighbours, List<Reason> reasons) {
        /** The same, and what came before. */
        Progress after(Accounts before) {
            Ledger all = new Ledger(before);
            accounts.contributions().forEach(one -> {
                all.verified(one.from(), one.verified());
                all.wasted(one.from(), one.wasted());
            });
            return new Progress(held, all.accounts(), bytesPerSecond, neighbours, reasons);
        }
    }

    private sealed interface Active {
        BlockSink sink();

        record FromOrigin(BlockSink sink, OriginTransfer transfer) implements Active {}

        record FromPeer(BlockSink sink, PeerLink peer, int request) implements Active {}
    }

    SwarmDownload(
            StoredContent stored,
            PieceLayer layer,
            Visibility visibility,
            DeviceId self,
            boolean shared,
            boolean provisional,
            Tuning tuning,
            OriginSession session,
            Pace pace,
            Listener listener) {
        this.loop = new Loop("byway-download");
        this.stored = stored;
        this.layer = layer;
        this.visibility = visibility;
        this.hearers = new Hearers(layer.id());
        this.rules = new Download(layer, stored.held(), self, shared, tuning, Loop.now());
        this.provisional = provisional;
        this.session = session;
        this.pace = pace;
        this.listener = listener;
    }

    /** Adds an origin; any thread. */
    void origin(OriginRequest request) {
        loop.execute(() -> {
            SourceId id = new SourceId(++lastSource);
            origins.put(id, request);
            tell(new DownloadEvent.Joined(id, SourceInfo.origin(request.uri().getHost())));
        });
    }

    /** The whole is proved: neighbours may have it. Any thread. */
    void confirmed() {
        loop.execute(() -> {
            if (provisional) {
                provisional = false;
                hearers.all(layer.layout().pieceCount());
            }
        });
    }

    /** What neighbours are told to be here. */
    private PieceSet told() {
        return provisional ? PieceSet.none(layer.layout().pieceCount()) : rules.held();
    }

    /** Notes a reason that was found outside; any thread. */
    void explain(Reason reason) {
        loop.execute(() -> story.tell(Loop.now(), reason));
    }

    /** Stops everything; what is there stays. Any thread. */
    @Override
    public void close() {
        loop.execute(() -> {
            List.copyOf(transfers.keySet()).forEach(this::drop);
            session.close();
            loop.close();
        });
    }

    // ---- what links say, from the device loop ----

    @Override
    public ContentId content() {
        return layer.id();
    }

    @Override
    public int pieceLength() {
        return layer.layout().pieceLength();
    }

    @Override
    public Visibility visibility() {
        return visibility;
    }

    @Override
    public void linked(PeerLink peer) {
        loop.execute(() -> {
            hearers.add(peer);
            if (peer.open(content(), pieceLength(), !rules.isOver(), told()) && !ids.containsKey(peer)) {
                silent.add(peer);
                tellWhoMayCome();
            }
        });
    }

    @Override
    public void expecting(int neighbours, boolean asking) {
        loop.execute(() -> {
            expected = Optional.of(new DownloadEvent.Expecting(neighbours, 0, asking));
            tellWhoMayCome();
        });
    }

    private void tellWhoMayCome() {
        expected.ifPresent(who -> tell(new DownloadEvent.Expecting(who.neighbours(), silent.size(), who.asking())));
    }

    private void answered(PeerLink peer) {
        if (silent.remove(peer)) {
            tellWhoMayCome();
        }
    }

    @Override
    public void unreached(List<Unreached> neighbours) {
        loop.execute(() -> unreached = neighbours);
    }

    @Override
    public void declined(List<Reason> neighbours) {
        loop.execute(() -> {
            neighbours.stream().filter(no -> !declined.contains(no)).forEach(no -> story.tell(Loop.now(), no));
            declined = neighbours;
        });
    }

    @Override
    public void refused(PeerLink peer, Reason reason) {
        loop.execute(() -> {
            story.tell(Loop.now(), reason);
            SourceId id = ids.get(peer);
            if (id != null) {
                tell(new DownloadEvent.Refuses(id, true));
                tell(new DownloadEvent.Holds(id, PieceSet.none(layer.layout().pieceCount())));
            }
            answered(peer);
        });
    }

    @Override
    public void lacks(PeerLink peer) {
        loop.execute(() -> answered(peer));
    }

    @Override
    public void opened(PeerLink peer, boolean wants) {
        loop.execute(() -> {
            if (!ids.containsKey(peer)) {
                SourceId id = new SourceId(++lastSource);
                ids.put(peer, id);
                peers.put(id, peer);
                tell(new DownloadEvent.Joined(
                        id, SourceInfo.peer(peer.kind(), peer.device(), peer.name(), peer.liable())));
                hearers.opened(peer, told());
            }
            tell(new DownloadEvent.Refuses(id(peer), false));
            tell(new DownloadEvent.Withheld(id(peer), false));
            tell(new DownloadEvent.Wants(id(peer), wants));
            answered(peer);
        });
    }

    @Override
    public void withheld(PeerLink peer) {
        loop.execute(() -> {
            SourceId id = ids.get(peer);
            if (id != null) {
                tell(new DownloadEvent.Withheld(id, true));
            }
        });
    }

    @Override
    public void holds(PeerLink peer, PieceSet pieces) {
        loop.execute(() -> tell(new DownloadEvent.Holds(id(peer), pieces)));
    }

    @Override
    public void has(PeerLink peer, int firstPiece, int count) {
        loop.execute(() -> tell(new DownloadEvent.Has(id(peer), firstPiece, count)));
    }

    @Override
    public void intent(PeerLink peer, int piece, Duration lease, boolean relayed) {
        loop.execute(() -> tell(new DownloadEvent.IntentHeard(id(peer), piece, lease, relayed)));
    }

    @Override
    public void left(PeerLink peer, Optional<Reason> reason) {
        loop.execute(() -> {
            hearers.remove(peer);
            SourceId id = ids.remove(peer);
            if (id != null) {
                reason.ifPresent(this::tellOfParting);
                peers.remove(id);
                forgetTransfersFrom(peer);
                tell(new DownloadEvent.Left(id, reason.map(Reason::detail).orElse("the peer closed it")));
            }
            answered(peer);
        });
    }

    /** Once, also when it is soon among those that all downloads are told of. */
    private void tellOfParting(Reason reason) {
        story.tell(Loop.now(), reason);
        declined = Stream.concat(declined.stream(), Stream.of(reason)).toList();
    }

    /** Their ranges become free for other sources. */
    private void forgetTransfersFrom(PeerLink peer) {
        transfers.values().removeIf(active -> {
            boolean gone = active instanceof Active.FromPeer from && from.peer() == peer;
            if (gone) {
                active.sink().grant().revoke();
            }
            return gone;
        });
    }

    @Override
    public void lost(int piece) {
        loop.execute(() -> tell(new DownloadEvent.Lost(piece)));
    }

    private SourceId id(PeerLink peer) {
        return ids.getOrDefault(peer, new SourceId(0));
    }

    // ---- the rules and their effects ----

    private void tell(DownloadEvent event) {
        List<DownloadEffect> effects = rules.handle(event, Loop.now());
        boolean notable = false;
        for (DownloadEffect effect : effects) {
            perform(effect);
            notable |= effect instanceof DownloadEffect.Commit || effect instanceof DownloadEffect.Explain;
        }
        unseen |= notable;
        if (unseen && !rules.isOver() && !shownAt.plus(SHOW_EVERY).isAfter(Loop.now())) {
            show();
        }
    }

    /** What people see changes with every piece; they need not be told more often than they can look. */
    private void show() {
        unseen = false;
        shownAt = Loop.now();
        listener.progress(progress());
    }

    private void perform(DownloadEffect effect) {
        switch (effect) {
            case DownloadEffect.Fetch fetch -> fetch(fetch);
            case DownloadEffect.Trim trim -> trim(trim);
            case DownloadEffect.Commit commit -> commit(commit.piece());
            case DownloadEffect.TellHave have ->
                peer(have.peer())
                        .filter(_ -> !provisional)
                        .ifPresent(peer -> peer.have(content(), have.firstPiece(), have.count()));
            case DownloadEffect.TellIntent intent ->
                peer(intent.peer())
                        .filter(_ -> !provisional)
                        .ifPresent(peer -> peer.intent(content(), intent.piece(), intent.lease(), intent.relayed()));
            case DownloadEffect.Complain complain ->
                peer(complain.peer()).ifPresent(peer -> peer.complain(content(), complain.piece()));
            case DownloadEffect.Ban ban -> peer(ban.source()).ifPresent(peer -> peer.close(content()));
            case DownloadEffect.Explain explain ->
                story.tell(Loop.now(), Reason.of(explain.name(), explain.code(), explain.detail()));
            case DownloadEffect.WakeAt wake -> loop.wakeAt(wake.moment(), () -> tell(new DownloadEvent.Tick()));
            case DownloadEffect.Done ignored -> {
                if (!provisional) {
                    hearers.complete(layer.layout().pieceCount());
                }
                show();
                listener.done();
            }
            case DownloadEffect.Failed failed -> {
                show();
                listener.failed("NO_SOURCE", failed.why());
            }
        }
    }

    private Optional<PeerLink> peer(SourceId source) {
        return Optional.ofNullable(peers.get(source));
    }

    private void fetch(DownloadEffect.Fetch fetch) {
        try {
            Optional<WriteGrant> grant = stored.grant(fetch.range());
            if (grant.isEmpty()) {
                later(fetch.transfer(), new Ending.Broken("its bytes are still being written"));
                return;
            }
            BlockSink sink = new BlockSink(
                    grant.get(),
                    (leaves, last) -> loop.execute(() -> {
                        tell(new DownloadEvent.Arrived(fetch.transfer(), leaves));
                        if (last) {
                            noteFull(fetch.transfer());
                        }
                    }),
                    Loop::now);
            OriginRequest origin = origins.get(fetch.source());
            if (origin != null) {
                fetchFromOrigin(fetch, origin, sink);
            } else {
                fetchFromPeer(fetch, sink);
            }
        } catch (StoreException e) {
            diskFailed(e);
        }
    }

    private void fetchFromOrigin(DownloadEffect.Fetch fetch, OriginRequest origin, BlockSink sink) {
        OriginTransfer transfer = new OriginTransfer(
                session,
                origin,
                fetch.range(),
                sink,
                pace,
                new OriginTransfer.Outcome(
                        ending -> loop.execute(() -> ended(fetch.transfer(), ending)),
                        failure -> loop.execute(() -> diskFailed(failure))));
        transfers.put(fetch.transfer(), new Active.FromOrigin(sink, transfer));
        transfer.start();
    }

    private void fetchFromPeer(DownloadEffect.Fetch fetch, BlockSink sink) {
        Optional<PeerLink> peer = peer(fetch.source());
        Optional<Integer> request =
                peer.flatMap(p -> p.request(content(), fetch.range(), receiver(fetch.transfer(), sink, p)));
        if (request.isEmpty()) {
            sink.grant().revoke();
            later(fetch.transfer(), new Ending.Broken("the link is gone"));
        } else {
            transfers.put(fetch.transfer(), new Active.FromPeer(sink, peer.get(), request.get()));
        }
    }

    private Receiver receiver(TransferId transfer, BlockSink sink, PeerLink peer) {
        return new Receiver() {
            @Override
            public void data(ByteBuffer bytes) {
                try {
                    pace.take(bytes.remaining());
                    sink.take(bytes);
                } catch (StoreException e) {
                    loop.execute(() -> diskFailed(e));
                }
            }

            @Override
            public void rejected(RejectReason reason, Duration retryAfter) {
                sink.tellRest();
                if (reason.isPolicy()) {
                    loop.execute(() -> ended(transfer, new Ending.Declined()));
                    Declining.fromPeer(peer.name(), reason).ifPresent(told -> refused(peer, told));
                } else {
                    Ending ending = reason == RejectReason.BUSY
                            ? new Ending.Busy(retryAfter)
                            : new Ending.Broken("the peer refused: " + reason);
                    loop.execute(() -> ended(transfer, ending));
                }
            }
        };
    }

    private void later(TransferId transfer, Ending ending) {
        loop.execute(() -> tell(new DownloadEvent.Ended(transfer, ending)));
    }

    private void ended(TransferId transfer, Ending ending) {
        Active active = transfers.remove(transfer);
        if (active != null) {
            active.sink().grant().revoke();
            tell(new DownloadEvent.Ended(transfer, ending));
        }
    }

    /** A transfer from a peer has no end of its own: it is over when all that was granted is there. */
    private void noteFull(TransferId transfer) {
        if (transfers.get(transfer) instanceof Active.FromPeer from
                && !from.sink().grant().isLive()) {
            from.peer().endRequest(from.request(), true);
            ended(transfer, new Ending.Complete());
        }
    }

    private void trim(DownloadEffect.Trim trim) {
        Active active = transfers.get(trim.transfer());
        if (active == null) {
            return;
        }
        if (trim.over()) {
            drop(trim.transfer());
            return;
        }
        active.sink().grant().shrink(trim.end());
        if (!active.sink().grant().isLive()) {
            active.sink().tellRest();
            endBehindWhatCame(trim.transfer(), active);
        }
    }

    /** All that is still wanted has been written; word of the last blocks is on its way to this loop. */
    private void endBehindWhatCame(TransferId transfer, Active active) {
        switch (active) {
            case Active.FromOrigin from -> from.transfer().enough();
            case Active.FromPeer ignored -> loop.execute(() -> noteFull(transfer));
        }
    }

    private void drop(TransferId transfer) {
        Active active = transfers.remove(transfer);
        if (active != null) {
            active.sink().grant().revoke();
            switch (active) {
                case Active.FromOrigin from -> from.transfer().stop();
                case Active.FromPeer from -> from.peer().endRequest(from.request(), false);
            }
        }
    }

    private void commit(int piece) {
        try {
            stored.commit(piece);
            if (!provisional) {
                hearers.proved(piece, peer -> rules.isHeldBy(id(peer), piece));
            }
        } catch (StoreException e) {
            diskFailed(e);
        }
    }

    private void diskFailed(StoreException e) {
        List.copyOf(transfers.keySet()).forEach(this::drop);
        listener.failed(e.kind().name(), String.valueOf(e.getMessage()));
    }

    // ---- what people see ----

    private List<Reason> reasons() {
        List<Reason> reasons = new ArrayList<>(rules.waits());
        reasons.addAll(gifts());
        reasons.addAll(story.reasons(began));
        unreached.forEach(neighbour -> neighbour.reason(Loop.now()).ifPresent(reasons::add));
        return reasons;
    }

    /** What each source gave, the largest part first, and which of those that were there gave nothing and did nothing wrong. */
    private List<Reason> gifts() {
        Set<String> told =
                story.entries().stream().map(entry -> entry.reason().source()).collect(Collectors.toSet());
        List<SourceReport> reports = rules.report();
        Accounts accounts = SourceReport.accounts(reports);
        return accounts.contributions().stream()
                .sorted(Comparator.comparingLong(Contribution::verified).reversed())
                .filter(one -> one.verified() > 0 || !told.contains(one.from().name()))
                .limit(MOST_GIFTS)
                .map(one -> gift(one, reports))
                .toList();
    }

    private Reason gift(Contribution one, List<SourceReport> reports) {
        Optional<Reason.Timing> firstBytes = reports.stream()
                .filter(report -> report.info().name().equals(one.from().name()))
                .flatMap(report -> report.first().stream())
                .min(Comparator.naturalOrder())
                .map(first -> first.since(began))
                .map(first -> new Reason.Timing(first, first, 1, Duration.ZERO));
        return one.verified() > 0
                ? new Reason(
                        one.from().name(),
                        ReasonCode.USED,
                        Optional.empty(),
                        String.format(
                                Locale.ROOT,
                                "%,d bytes (%s)",
                                one.verified(),
                                one.from().kind().field()),
                        firstBytes)
                : Reason.of(one.from().name(), ReasonCode.NOT_NEEDED, "it was there and was asked for nothing");
    }

    private Progress progress() {
        List<SourceReport> reports = rules.report();
        long rate = reports.stream().mapToLong(SourceReport::bytesPerSecond).sum();
        return new Progress(rules.held(), SourceReport.accounts(reports), rate, peers.size(), reasons());
    }
}
