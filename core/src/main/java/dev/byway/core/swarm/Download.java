package dev.byway.core.swarm;

import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.swarm.DownloadEvent.Ending;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The rules of one download: which piece from whom.
 *
 * <p>Pure and deterministic: {@link #handle} takes what happened and the time, and says what to do. One owner, no locks; the
 * agent gives it a thread, the simulator a place in its queue.
 *
 * <p>The order of wishes: whatever a neighbour holds comes from neighbours, rarest first, each device in its own order so
 * that neighbours get different pieces and can swap. What nobody here holds comes from outside, about once for all, see
 * {@link OutsideTurns}. A neighbour that says nothing, or is far slower than another that is idle, has the rest of its
 * transfer taken back and given to the other. What neighbours hold and do not bring is fetched from outside like everything
 * else, see {@link Patience}.
 *
 * <p>Every piece is proved here, from the digests of its blocks, before anything is committed; see {@link Assembly}.
 */
public final class Download {
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Tuning tuning;
    private final PieceLayout layout;
    private final Assembly assembly;
    private final OutsideTurns turns;
    private final Leases leases;
    private final boolean shared;
    private final Picker picker;
    private final TreeMap<SourceId, SourceState> sources = new TreeMap<>();
    private final TreeMap<SourceId, SourceState> gone = new TreeMap<>();
    private final Conducts conducts = new Conducts();
    private final Map<TransferId, Transfer> transfers = new LinkedHashMap<>();
    private final TreeMap<Integer, Claim> claims = new TreeMap<>();
    private List<DownloadEffect> out = new ArrayList<>();
    private int lastTransfer;
    private final Patience patience;
    private Moment lastProgress;
    private final Moment began;
    private int expected;
    private boolean over;

    /** A piece that we fetch from outside, and when we last said so. */
    private record Claim(Moment since, Moment told) {}

    /**
     * A download that begins now.
     *
     * @param layer what the content is
     * @param held pieces that are on our disk and proved
     * @param self this device
     * @param shared whether neighbours may turn up; without them the bytes come in order, as from any HTTP client
     */
    public Download(PieceLayer layer, PieceSet held, DeviceId self, boolean shared, Tuning tuning, Moment now) {
        this.shared = shared;
        this.tuning = tuning;
        this.layout = layer.layout();
        this.assembly = new Assembly(layer, held);
        this.turns = new OutsideTurns(tuning, layout, self, layer.id().root().prefix());
        this.leases = new Leases(tuning);
        this.picker = new Picker(layout, assembly, self);
        this.patience = new Patience(tuning.stall());
        this.lastProgress = now;
        this.began = now;
    }

    /** Pieces that are proved; a copy. */
    public PieceSet held() {
        return assembly.proved().copy();
    }

    /** Whether it has ended, one way or the other. */
    public boolean isOver() {
        return over;
    }

    /** What every source gave so far, also those that are gone, in the order in which they joined. */
    public List<SourceReport> report() {
        TreeMap<SourceId, SourceState> all = new TreeMap<>(gone);
        all.putAll(sources);
        return all.values().stream()
                .map(s -> new SourceReport(s.id, s.info, s.good(), s.wasted(), (long) s.rate()))
                .toList();
    }

    /**
     * Takes one event and says what to do about it, in order. Events about unknown sources or transfers are late and are
     * ignored. Nothing happens any more once the download is over.
     */
    public List<DownloadEffect> handle(DownloadEvent event, Moment now) {
        if (over) {
            return List.of();
        }
        out = new ArrayList<>();
        boolean replan = apply(event, now);
        if (replan) {
            plan(now);
        }
        return out;
    }

    private boolean apply(DownloadEvent event, Moment now) {
        return switch (event) {
            case DownloadEvent.Joined joined -> {
                join(joined);
                yield true;
            }
            case DownloadEvent.Left left -> {
                SourceState source = sources.get(left.source());
                if (source != null) {
                    if (source.isPeer() && !source.transfers.isEmpty()) {
                        source.conduct.doubt(tuning.stall(), now);
                    }
                    drop(source);
                }
                yield source != null;
            }
            case DownloadEvent.Holds holds ->
                onPeer(holds.source(), peer -> {
                    setHolds(peer, holds.pieces(), now);
                    leaveToPeers();
                });
            case DownloadEvent.Has has -> {
                SourceState peer = sources.get(has.source());
                boolean news = peer != null && peer.isPeer() && addHolds(peer, has, now);
                if (news) {
                    leaveToPeers();
                }
                yield news;
            }
            case DownloadEvent.Wants wants ->
                onPeer(wants.source(), peer -> {
                    peer.wants = wants.wants();
                    if (peer.wants) {
                        meet(now);
                    }
                });
            case DownloadEvent.IntentHeard intent ->
                onPeer(intent.source(), peer -> heed(peer, intent, now))
                        && intent.lease().isZero();
            case DownloadEvent.Arrived arrived -> arrive(arrived, now);
            case DownloadEvent.Ended ended -> end(ended, now);
            case DownloadEvent.Expecting expecting -> {
                expected = expecting.neighbours();
                yield true;
            }
            case DownloadEvent.Lost lost -> {
                assembly.lose(lost.piece());
                yield true;
            }
            case DownloadEvent.Tick ignored -> true;
        };
    }

    private boolean onPeer(SourceId id, Consumer<SourceState> then) {
        SourceState peer = sources.get(id);
        if (peer != null && peer.isPeer()) {
            then.accept(peer);
            return true;
        }
        return false;
    }

    // ---- who is there ----

    private void join(DownloadEvent.Joined joined) {
        Optional<Conduct> conduct = conducts.join(joined.info(), tuning.strikes());
        if (conduct.isEmpty()) {
            out.add(new DownloadEffect.Explain(
                    joined.source(),
                    joined.info().name(),
                    ReasonCode.PEER_BANNED,
                    "banned from this download, or too many others are"));
            out.add(new DownloadEffect.Ban(joined.source()));
            return;
        }
        SourceState source = new SourceState(joined.source(), joined.info(), conduct.get(), layout.pieceCount());
        sources.put(joined.source(), source);
        if (source.isPeer()) {
            claims.keySet().forEach(piece -> tellIntent(source, piece, lease()));
        }
    }

    /** A neighbour that lacks pieces too: from now on the two take turns outside, piece by piece. */
    private void meet(Moment now) {
        for (Transfer transfer : outsideTransfers()) {
            long pieceEnd = layout.piece(layout.pieceAt(transfer.position())).end();
            if (transfer.end() > pieceEnd) {
                trim(transfer, pieceEnd);
            }
            claim(layout.pieceAt(transfer.position()), now);
        }
    }

    /** What a neighbour turns out to hold need not come from outside: long requests end with the piece they are at. */
    private void leaveToPeers() {
        for (Transfer transfer : outsideTransfers()) {
            int at = layout.pieceAt(transfer.position());
            int last = layout.pieceAt(transfer.end() - 1);
            for (int piece = at + 1; piece <= last; piece++) {
                if (picker.isHeld(piece)) {
                    trim(transfer, layout.piece(piece).offset());
                    break;
                }
            }
        }
    }

    private void setHolds(SourceState peer, PieceSet pieces, Moment now) {
        for (int piece = 0; piece < layout.pieceCount(); piece++) {
            if (peer.holds.has(piece) && !pieces.has(piece)) {
                peer.holds.remove(piece);
                picker.lost(piece);
            } else if (pieces.has(piece)) {
                nowHolds(peer, piece, now);
            }
        }
    }

    private boolean addHolds(SourceState peer, DownloadEvent.Has has, Moment now) {
        long end = Math.min(layout.pieceCount(), (long) has.firstPiece() + has.count());
        boolean news = false;
        for (int piece = peer.holds.nextMissing(has.firstPiece());
                piece < end;
                piece = peer.holds.nextMissing(piece + 1)) {
            nowHolds(peer, piece, now);
            news = true;
        }
        return news;
    }

    private void nowHolds(SourceState peer, int piece, Moment now) {
        if (peer.holds.add(piece)) {
            picker.found(piece);
        }
        int active = active();
        Duration took = leases.kept(peer, piece, now);
        if (!took.isZero()) {
            turns.learn(took, active, participants().size());
        }
    }

    private void heed(SourceState peer, DownloadEvent.IntentHeard intent, Moment now) {
        int piece = intent.piece();
        if (piece < 0 || piece >= layout.pieceCount()) {
            return;
        }
        if (intent.lease().isZero()) {
            leases.giveUp(peer, piece);
            return;
        }
        boolean believed = leases.claim(peer, piece, intent.lease(), intent.relayed(), turns.usual(), now);
        if (believed && !intent.relayed()) {
            relay(peer, piece, intent.lease());
        }
        boolean theirs = leases.holder(piece).filter(holder -> holder == peer).isPresent();
        if (theirs && !intent.relayed() && claims.containsKey(piece) && turns.rank(piece, List.of(peer)) > 0) {
            yieldPiece(piece);
        }
    }

    /** In a neighbourhood that may be larger than what each of us sees, word of a claim is passed on, once. */
    private void relay(SourceState from, int piece, Duration lease) {
        if (peers().size() < tuning.relayFrom()) {
            return;
        }
        for (SourceState peer : peers()) {
            if (peer != from && peer.wants && !peer.holds.has(piece)) {
                out.add(new DownloadEffect.TellIntent(peer.id, piece, lease, true));
            }
        }
    }

    /** Two of us fetch the same piece from outside, and the other one ranks first: leave it unless nearly done. */
    private void yieldPiece(int piece) {
        for (Transfer transfer : outsideTransfers()) {
            ByteRange range = layout.piece(piece);
            boolean here = transfer.position() >= range.offset() && transfer.position() < range.end();
            if (here && range.end() - transfer.position() > range.length() / 4) {
                trim(transfer, transfer.position());
            }
        }
    }

    private void drop(SourceState source) {
        for (Transfer transfer : List.copyOf(source.transfers)) {
            release(transfer);
        }
        source.holds.pieces().forEachRemaining((int piece) -> picker.lost(piece));
        leases.forget(source);
        conducts.leave(source.info);
        sources.remove(source.id);
        if (source.good() + source.wasted() > 0) {
            gone.put(source.id, source);
        }
    }

    private void ban(SourceState source, ReasonCode code, String detail) {
        explain(source, code, detail);
        for (Transfer transfer : List.copyOf(source.transfers)) {
            trim(transfer, transfer.position());
        }
        source.conduct.banned = true;
        drop(source);
        out.add(new DownloadEffect.Ban(source.id));
    }

    // ---- what comes ----

    private boolean arrive(DownloadEvent.Arrived arrived, Moment now) {
        Transfer transfer = transfers.get(arrived.transfer());
        if (transfer == null) {
            return false;
        }
        SourceState source = transfer.source;
        boolean full = false;
        long before = transfer.position();
        for (Digest leaf : arrived.leaves()) {
            if (transfer.isOver()) {
                break;
            }
            long offset = transfer.position();
            long length = Math.min(PieceLayout.BLOCK, transfer.end() - offset);
            assembly.uncover(new ByteRange(offset, length));
            boolean fullNow = assembly.arrive(source, offset, leaf);
            source.arrived(transfer, length, now);
            transfer.advance(length, now);
            if (fullNow) {
                judge(layout.pieceAt(offset), now);
                full = true;
            }
        }
        if (source.isPeer()) {
            patience.brought(transfer.position() - before);
        }
        lastProgress = now;
        return full || source.inFlight() < source.window(tuning);
    }

    private void judge(int piece, Moment now) {
        switch (assembly.judge(piece)) {
            case Assembly.Verdict.Proved proved -> {
                proved.bytes().forEach(SourceState::verified);
                Claim claim = claims.get(piece);
                if (claim != null) {
                    turns.learn(
                            now.since(claim.since()), active(), participants().size());
                    unclaim(piece, false);
                }
                out.add(new DownloadEffect.Commit(piece));
                proved.liars().forEach(liar -> blame(liar, piece));
            }
            case Assembly.Verdict.Failed failed -> {
                failed.bytes().forEach(SourceState::waste);
                unclaim(piece, true);
                failed.culprit().ifPresent(culprit -> blame(culprit, piece));
            }
        }
    }

    private void blame(SourceState source, int piece) {
        source.conduct.badPieces++;
        boolean repeated = source.conduct.badPieces >= tuning.strikes();
        if (source.isPeer()) {
            out.add(new DownloadEffect.Complain(source.id, piece));
            if (source.holds.remove(piece)) {
                picker.lost(piece);
            }
        }
        ReasonCode code = source.isPeer() ? ReasonCode.PEER_SENT_BAD_BYTES : ReasonCode.CHANGED_AT_ORIGIN;
        String detail = "piece " + piece + " did not match its digest";
        if (repeated && sources.containsKey(source.id)) {
            ban(source, code, detail + "; it is not asked again");
        } else {
            explain(source, code, detail);
        }
    }

    private boolean end(DownloadEvent.Ended ended, Moment now) {
        Transfer transfer = transfers.get(ended.transfer());
        if (transfer == null) {
            return false;
        }
        SourceState source = transfer.source;
        boolean complete = transfer.isOver();
        release(transfer);
        switch (ended.ending()) {
            case Ending.Complete ignored -> {
                if (!complete) {
                    source.backOff(now, Duration.ofMillis(200));
                    explain(source, troubleOf(source), "it sent less than was asked for");
                }
            }
            case Ending.Busy busy -> source.busyUntil = now.plus(busy.retryAfter());
            case Ending.Broken broken -> {
                source.backOff(now, Duration.ofMillis(500));
                explain(source, troubleOf(source), broken.why());
            }
            case Ending.Refused refused -> {
                source.refused = true;
                explain(source, troubleOf(source), refused.why());
            }
        }
        return true;
    }

    private static ReasonCode troubleOf(SourceState source) {
        return source.isPeer() ? ReasonCode.PEER_GONE : ReasonCode.ORIGIN_ERROR;
    }

    // ---- what to do ----

    private void plan(Moment now) {
        if (assembly.proved().isFull()) {
            over = true;
            out.add(new DownloadEffect.Done());
            return;
        }
        breakLeases(now);
        giveUpOnSilent(now);
        doubtTheLate(now);
        renewClaims(now);
        planPeers(now);
        planOutside(now);
        failIfHopeless(now);
        if (!over) {
            out.add(new DownloadEffect.WakeAt(wakeAt(now)));
        }
    }

    private void breakLeases(Moment now) {
        for (SourceState peer : leases.expire(now)) {
            peer.conduct.brokenLeases++;
            if (peer.conduct.brokenLeases == tuning.strikes()) {
                explain(
                        peer,
                        ReasonCode.PEER_BROKE_LEASE,
                        "said " + peer.conduct.brokenLeases
                                + " times that it fetches a piece and did not bring it in time");
            }
        }
    }

    private void giveUpOnSilent(Moment now) {
        for (Transfer transfer : List.copyOf(transfers.values())) {
            SourceState source = transfer.source;
            if (!source.isPeer() || !transfer.lastByte().plus(tuning.silence()).isBefore(now)) {
                continue;
            }
            if (transfers.containsKey(transfer.id)) {
                trim(transfer, transfer.position());
                silent(source, now);
            }
        }
    }

    private void silent(SourceState source, Moment now) {
        source.silent++;
        if (source.silent < tuning.strikes()) {
            source.backOff(now, Duration.ofSeconds(1));
        } else if (source.good() == 0) {
            ban(
                    source,
                    ReasonCode.PEER_CLAIMED_NEVER_SENT,
                    "it claims pieces and sent none when asked " + source.silent + " times");
        } else {
            source.backOff(now, Duration.ofSeconds(2));
            explain(
                    source,
                    ReasonCode.PEER_TOO_SLOW,
                    "no byte for " + tuning.silence().toSeconds() + " s");
        }
    }

    /** Neighbours that claim and do not bring: what they hold is open to others, and what they bring too slowly is taken back. */
    private void doubtTheLate(Moment now) {
        List<Conduct> offering = sources.values().stream()
                .filter(s -> s.isPeer() && s.isRelied(now) && assembly.lacksAnyOf(s.holds))
                .map(s -> s.conduct)
                .distinct()
                .toList();
        double stretches = tuning.stall().toNanos() / (double) turns.usual().toNanos();
        List<Conduct> late = patience.look(offering, (long) (stretches * layout.pieceLength() / Patience.SHARE), now);
        for (SourceState source : sources.values()) {
            if (source.isPeer() && late.contains(source.conduct)) {
                if (source.busyUntil.isAfter(now)) {
                    explain(source, ReasonCode.PEER_BUSY, "busy while nobody else brought what it holds");
                }
                takeBackSlow(source, now);
            }
        }
    }

    private void takeBackSlow(SourceState source, Moment now) {
        for (Transfer transfer : List.copyOf(source.transfers)) {
            if (transfer.begun() && !transfer.started.plus(tuning.stall()).isAfter(now)) {
                trim(transfer, transfer.position());
                explain(source, ReasonCode.PEER_TOO_SLOW, "far slower than the outside");
            }
        }
    }

    private void planPeers(Moment now) {
        List<SourceState> peers = new ArrayList<>();
        double rate = 0;
        long inFlight = 0;
        for (SourceState source : sources.values()) {
            if (source.isPeer()) {
                rate += source.rate();
                inFlight += source.inFlight();
                if (source.askable(now) && !source.holds.isEmpty()) {
                    peers.add(source);
                }
            }
        }
        peers.sort(Comparator.comparingLong(SourceState::inFlight).thenComparingLong(picker::taste));
        long most = Math.max(4L * layout.pieceLength(), (long) (2 * rate));
        for (SourceState peer : peers) {
            while (inFlight < most && sources.containsKey(peer.id) && peer.inFlight() < peer.window(tuning)) {
                Optional<ByteRange> range =
                        picker.pick(peer, transfers.values()).or(() -> takeOver(peer, now));
                if (range.isEmpty()) {
                    break;
                }
                fetch(peer, range.get(), now);
                inFlight += range.get().length();
            }
        }
    }

    /**
     * An idle peer takes the rest of a transfer that another source will need far longer for. Not one that failed and has
     * never sent a byte: two such would take from each other for ever.
     */
    private Optional<ByteRange> takeOver(SourceState idle, Moment now) {
        if (!idle.transfers.isEmpty() || (idle.rate() == 0 && idle.failures > 0)) {
            return Optional.empty();
        }
        Transfer slowest = null;
        double longest = 0;
        for (Transfer transfer : transfers.values()) {
            int piece = layout.pieceAt(transfer.position());
            if (transfer.source == idle || !idle.holds.has(piece) || assembly.isSuspect(piece)) {
                continue;
            }
            long left = transfer.rest().length();
            double theirs = secondsLeft(transfer, now);
            double ours = idle.rate() == 0 ? 0.5 : left / idle.rate();
            if (theirs > 2 * ours + 0.5 && theirs > longest) {
                slowest = transfer;
                longest = theirs;
            }
        }
        if (slowest == null) {
            return Optional.empty();
        }
        int piece = layout.pieceAt(slowest.position());
        trim(slowest, slowest.position());
        if (slowest.source.isPeer() && isQuiet(slowest, now)) {
            slowest.source.rest(now, QUIET);
            explain(
                    slowest.source,
                    ReasonCode.PEER_TOO_SLOW,
                    "no byte for a second; another source took its work over");
            if (!slowest.begun()) {
                passedOver(slowest.source);
            }
        }
        return assembly.firstFree(piece, PieceLayout.DEFAULT_PIECE, transfers.values());
    }

    /** What was asked of it went to another in time: it is never silent long enough to be found out by that. */
    private void passedOver(SourceState source) {
        source.unheard++;
        if (source.unheard >= 2 * tuning.strikes() && source.good() == 0) {
            ban(
                    source,
                    ReasonCode.PEER_CLAIMED_NEVER_SENT,
                    "it claims pieces and left " + source.unheard + " requests to others");
        }
    }

    private double secondsLeft(Transfer transfer, Moment now) {
        double rate = transfer.source.rate() / Math.max(1, transfer.source.transfers.size());
        if (isQuiet(transfer, now)) {
            return 10 * now.since(transfer.lastByte()).toNanos() / 1e9;
        }
        return rate == 0 ? 0 : transfer.rest().length() / rate;
    }

    private static boolean isQuiet(Transfer transfer, Moment now) {
        return transfer.lastByte().plus(QUIET).isBefore(now);
    }

    private void planOutside(Moment now) {
        if (now.isBefore(metAt())) {
            return;
        }
        for (SourceState source : sources.values()) {
            if (source.isPeer() || !source.askable(now)) {
                continue;
            }
            List<SourceState> others = participants();
            if (others.isEmpty()) {
                planAlone(source, now);
            } else {
                planTurns(source, others, now);
            }
        }
    }

    /** Until when neighbours have time to turn up before anything is fetched from outside. */
    private Moment metAt() {
        Duration patience = expected > 0 ? tuning.dialling() : tuning.meeting();
        return shared ? began.plus(patience) : began;
    }

    /**
     * No neighbour to share the work with: one request after another, as long together as what came before, so that soon
     * there are few and yet little is on its way in vain when a neighbour comes. Where none can come, one for all.
     */
    private void planAlone(SourceState source, Moment now) {
        if (!source.transfers.isEmpty()) {
            return;
        }
        int first = shared ? turns.ownStart() : 0;
        for (int i = 0; i < layout.pieceCount(); i++) {
            int piece = (first + i) % layout.pieceCount();
            if (isOpen(piece, now)) {
                ByteRange run = assembly.freeRun(piece);
                fetch(source, run.isEmpty() ? rest(piece) : partOf(run, source, now), now);
                return;
            }
        }
    }

    private ByteRange rest(int piece) {
        return assembly.firstFree(piece, layout.pieceLength(), transfers.values())
                .orElseThrow();
    }

    private ByteRange partOf(ByteRange run, SourceState source, Moment now) {
        int piece = layout.pieceAt(run.offset());
        int end = piece + 1;
        long most = shared ? Math.max(layout.pieceLength(), source.good()) : run.length();
        while (end * (long) layout.pieceLength() < Math.min(run.end(), run.offset() + most) && isOpen(end, now)) {
            end++;
        }
        return ByteRange.between(run.offset(), Math.min(run.end(), (long) end * layout.pieceLength()));
    }

    private void planTurns(SourceState source, List<SourceState> others, Moment now) {
        while (source.transfers.size() < turns.hands(others.size())) {
            OptionalInt piece = turns.next(others, leases, active(), p -> isOpen(p, now), assembly::has, now);
            if (piece.isEmpty()) {
                return;
            }
            claim(piece.getAsInt(), now);
            fetch(source, rest(piece.getAsInt()), now);
        }
    }

    /** Whether a piece has to come from outside: blocks to ask for, and no neighbour that would bring them. */
    private boolean isOpen(int piece, Moment now) {
        if (assembly.free(piece) == 0) {
            return false;
        }
        if (!picker.isHeld(piece)) {
            return true;
        }
        for (SourceState source : sources.values()) {
            if (source.offers(piece, now)) {
                return false;
            }
        }
        return true;
    }

    private void failIfHopeless(Moment now) {
        if (now.isBefore(began.plus(tuning.dialling()))) {
            return;
        }
        boolean outside = sources.values().stream().anyMatch(s -> !s.isPeer() && !s.refused);
        boolean patience = !lastProgress.plus(tuning.giveUp()).isBefore(now);
        if (!transfers.isEmpty() || (patience && (outside || anyPeerOffers()))) {
            return;
        }
        over = true;
        out.add(new DownloadEffect.Failed(
                ReasonCode.ORIGIN_ERROR,
                outside
                        ? "no byte from any source for " + tuning.giveUp().toSeconds() + " s"
                        : "the origin does not give it, and no neighbour holds what is missing"));
    }

    private boolean anyPeerOffers() {
        return sources.values().stream().anyMatch(s -> s.isPeer() && !s.refused && !s.holds.isEmpty());
    }

    private Moment wakeAt(Moment now) {
        Moment wake = Moment.min(leases.firstExpiry(), turns.nextTurn());
        wake = metAt().isAfter(now) ? Moment.min(wake, metAt()) : wake;
        for (SourceState source : sources.values()) {
            for (Moment until : List.of(source.pausedUntil, source.busyUntil)) {
                wake = !source.refused && until.isAfter(now) ? Moment.min(wake, until) : wake;
            }
        }
        for (Claim claim : claims.values()) {
            wake = Moment.min(wake, claim.told().plus(lease().dividedBy(2)));
        }
        Moment soon = now.plus(transfers.isEmpty() ? Duration.ofMillis(500) : Duration.ofSeconds(1));
        return Moment.min(soon, wake.isAfter(now) ? wake : now.plus(Duration.ofMillis(50)));
    }

    // ---- transfers ----

    private void fetch(SourceState source, ByteRange range, Moment now) {
        Transfer transfer = new Transfer(new TransferId(++lastTransfer), source, range, now);
        source.started(now);
        source.transfers.add(transfer);
        transfers.put(transfer.id, transfer);
        assembly.cover(range);
        out.add(new DownloadEffect.Fetch(transfer.id, source.id, range));
    }

    private void trim(Transfer transfer, long end) {
        boolean over = end <= transfer.position();
        if (over) {
            release(transfer);
        } else {
            assembly.uncover(ByteRange.between(end, transfer.end()));
            transfer.trim(end);
        }
        out.add(new DownloadEffect.Trim(transfer.id, Math.max(end, transfer.position()), over));
    }

    /** Forgets a transfer, and with it our claim outside if it did not bring the piece. */
    private void release(Transfer transfer) {
        assembly.uncover(transfer.rest());
        transfers.remove(transfer.id);
        transfer.source.transfers.remove(transfer);
        if (!transfer.source.isPeer()) {
            unclaim(layout.pieceAt(transfer.isOver() ? transfer.end() - 1 : transfer.position()), true);
        }
    }

    private List<Transfer> outsideTransfers() {
        return transfers.values().stream()
                .filter(t -> !t.source.isPeer() && !t.isOver())
                .sorted(Comparator.comparingInt(t -> t.id.number()))
                .toList();
    }

    // ---- intents ----

    private List<SourceState> participants() {
        List<SourceState> others = new ArrayList<>();
        for (SourceState source : sources.values()) {
            boolean lacks = source.isPeer() && source.wants && !source.holds.isFull();
            if (lacks && !source.refused && source.conduct.brokenLeases < tuning.strikes()) {
                others.add(source);
            }
        }
        return others;
    }

    private int active() {
        return claims.size() + leases.count();
    }

    private void claim(int piece, Moment now) {
        if (claims.putIfAbsent(piece, new Claim(now, now)) == null) {
            peers().forEach(peer -> tellIntent(peer, piece, lease()));
        }
    }

    /** Says again what we are still fetching, before the neighbours stop believing it. */
    private void renewClaims(Moment now) {
        claims.replaceAll((piece, claim) -> {
            if (claim.told().plus(lease().dividedBy(2)).isAfter(now)) {
                return claim;
            }
            peers().forEach(peer -> tellIntent(peer, piece, lease()));
            return new Claim(claim.since(), now);
        });
    }

    private void unclaim(int piece, boolean tell) {
        if (claims.remove(piece) != null && tell) {
            peers().forEach(peer -> tellIntent(peer, piece, Duration.ZERO));
        }
    }

    private Duration lease() {
        return leases.longest(turns.usual());
    }

    private Collection<SourceState> peers() {
        return sources.values().stream().filter(SourceState::isPeer).toList();
    }

    private void tellIntent(SourceState peer, int piece, Duration lease) {
        out.add(new DownloadEffect.TellIntent(peer.id, piece, lease, false));
    }

    private void explain(SourceState source, ReasonCode code, String detail) {
        out.add(new DownloadEffect.Explain(source.id, source.info.name(), code, detail));
    }
}
