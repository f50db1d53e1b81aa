package dev.byway.core.swarm;

import dev.byway.core.account.Reason;
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
import java.util.List;
import java.util.Optional;
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
 *
 * <p>This class takes the events and says in which order the rules look at them: {@link Discipline}, {@link PeerRequests},
 * {@link OutsideRequests}. What they share is {@link DownloadState}.
 */
public final class Download {
    private final DownloadState state;
    private final PieceLayout layout;
    private final Discipline discipline;
    private final PeerRequests peerRequests;
    private final CrossingRequests crossingRequests;
    private final OutsideRequests outsideRequests;
    private final Moment began;
    private final Waits waits;
    private Moment lastProgress;
    private boolean over;

    /**
     * A download that begins now.
     *
     * @param layer what the content is
     * @param held pieces that are on our disk and proved
     * @param self this device
     * @param shared whether neighbours may turn up; without them the bytes come in order, as from any HTTP client
     */
    public Download(PieceLayer layer, PieceSet held, DeviceId self, boolean shared, Tuning tuning, Moment now) {
        this.state = DownloadState.of(layer, held, self, tuning);
        this.layout = layer.layout();
        this.discipline = new Discipline(state);
        this.crossingRequests = new CrossingRequests(state);
        this.peerRequests = new PeerRequests(state, discipline, crossingRequests);
        this.outsideRequests = new OutsideRequests(state, shared, now);
        this.began = now;
        this.waits = new Waits(now);
        this.lastProgress = now;
    }

    /** Pieces that are proved; a copy. */
    public PieceSet held() {
        return state.assembly().proved().copy();
    }

    /** Whether it has ended, one way or the other. */
    public boolean isOver() {
        return over;
    }

    /**
     * Whether a peer said that it holds a piece. It need not hear that we do: it never asks for what it has, and lets go of our
     * claim by itself.
     */
    public boolean isHeldBy(SourceId peer, int piece) {
        return state.sources().peer(peer).filter(one -> one.holds.has(piece)).isPresent();
    }

    /** What every source gave so far, also those that are gone, in the order in which they joined. */
    public List<SourceReport> report() {
        return state.sources().report();
    }

    /** What it waited for so far, while nothing was on its way: a few lines of {@code why}. */
    public List<Reason> waits() {
        return waits.reasons();
    }

    /**
     * Takes one event and says what to do about it, in order. Events about unknown sources or transfers are late and are
     * ignored. Nothing happens any more once the download is over.
     */
    public List<DownloadEffect> handle(DownloadEvent event, Moment now) {
        if (over) {
            return List.of();
        }
        state.sources().changed();
        boolean replan = apply(event, now);
        if (replan) {
            plan(now);
        }
        return state.effects().take();
    }

    private boolean apply(DownloadEvent event, Moment now) {
        return switch (event) {
            case DownloadEvent.Joined joined -> {
                join(joined);
                yield true;
            }
            case DownloadEvent.Left left -> {
                Optional<SourceState> source = state.sources().find(left.source());
                source.ifPresent(one -> discipline.left(one, now));
                yield source.isPresent();
            }
            case DownloadEvent.Holds holds ->
                onPeer(holds.source(), peer -> {
                    setHolds(peer, holds.pieces(), now);
                    outsideRequests.leaveToPeers();
                });
            case DownloadEvent.Has has ->
                state.sources()
                        .peer(has.source())
                        .filter(peer -> hear(peer, has, now))
                        .isPresent();
            case DownloadEvent.Wants wants ->
                onPeer(wants.source(), peer -> {
                    peer.wants = wants.wants();
                    if (peer.wants) {
                        outsideRequests.meet(now);
                        if (peer.isNear()) {
                            crossingRequests.meet(now);
                        }
                    }
                });
            case DownloadEvent.Refuses refuses ->
                onPeer(refuses.source(), peer -> refuse(peer, refuses.refuses(), now));
            case DownloadEvent.Withheld withheld ->
                onPeer(withheld.source(), peer -> peer.withheld = withheld.withheld());
            case DownloadEvent.IntentHeard intent ->
                onPeer(intent.source(), peer -> heed(peer, intent, now))
                        && intent.lease().isZero();
            case DownloadEvent.Arrived arrived -> arrive(arrived, now);
            case DownloadEvent.Ended ended -> end(ended, now);
            case DownloadEvent.Expecting expecting -> {
                outsideRequests.expect(expecting, now);
                yield true;
            }
            case DownloadEvent.Lost lost -> {
                state.assembly().lose(lost.piece());
                yield true;
            }
            case DownloadEvent.Tick ignored -> true;
        };
    }

    private boolean onPeer(SourceId id, Consumer<SourceState> then) {
        Optional<SourceState> peer = state.sources().peer(id);
        peer.ifPresent(then);
        return peer.isPresent();
    }

    // ---- who is there ----

    private void join(DownloadEvent.Joined joined) {
        Optional<SourceState> source = state.sources().join(joined.source(), joined.info());
        if (source.isEmpty()) {
            state.effects()
                    .add(new DownloadEffect.Explain(
                            joined.source(),
                            joined.info().name(),
                            ReasonCode.PEER_BANNED,
                            "banned from this download, or too many others are"));
            state.effects().add(new DownloadEffect.Ban(joined.source()));
        }
        source.filter(SourceState::isPeer).ifPresent(peer -> state.claims().greet(peer, state.crews()::lease));
    }

    private void refuse(SourceState peer, boolean refuses, Moment now) {
        peer.refuses = refuses;
        if (refuses) {
            state.leases().forget(peer, now);
        }
    }

    private void setHolds(SourceState peer, PieceSet pieces, Moment now) {
        PieceSet untold = PieceSet.none(layout.pieceCount());
        for (int piece = 0; piece < layout.pieceCount(); piece++) {
            if (peer.holds.has(piece) && !pieces.has(piece)) {
                peer.holds.remove(piece);
                state.picker().lost(peer, piece);
                if (state.assembly().has(piece)) {
                    untold.add(piece);
                }
            } else if (pieces.has(piece)) {
                nowHolds(peer, piece, now);
            }
        }
        untold.forEachRun((first, count) -> state.effects().add(new DownloadEffect.TellHave(peer.id, first, count)));
    }

    /** Whether it changes what is to be asked for: most word is of pieces that are here or under way, and does not. */
    private boolean hear(SourceState peer, DownloadEvent.Has has, Moment now) {
        long end = Math.min(layout.pieceCount(), (long) has.firstPiece() + has.count());
        boolean news = false;
        boolean awaited = false;
        for (int piece = peer.holds.nextMissing(has.firstPiece());
                piece < end;
                piece = peer.holds.nextMissing(piece + 1)) {
            awaited |= nowHolds(peer, piece, now);
            news = true;
        }
        if (!news) {
            return false;
        }
        outsideRequests.leaveToPeers();
        int free = state.assembly().nextFree(peer.holds, has.firstPiece());
        return awaited || peer.holds.isFull() || (free >= 0 && free < end);
    }

    /** Whether it was waited for. */
    private boolean nowHolds(SourceState peer, int piece, Moment now) {
        boolean first = !state.picker().isHeld(piece) && !state.assembly().has(piece);
        if (peer.holds.add(piece)) {
            state.picker().found(peer, piece);
        }
        state.leases()
                .late(peer, piece, first, now)
                .ifPresent(took -> state.crews().learn(From.OUTSIDE, Optional.of(peer), took));
        Optional<Leases.Kept> kept = state.leases().kept(peer, piece, now);
        kept.ifPresent(one -> state.crews().learn(one.from(), Optional.of(peer), one.took()));
        return kept.isPresent();
    }

    private void heed(SourceState peer, DownloadEvent.IntentHeard intent, Moment now) {
        int piece = intent.piece();
        if (piece < 0 || piece >= layout.pieceCount()) {
            return;
        }
        Leases leases = state.leases();
        if (intent.lease().isZero()) {
            leases.giveUp(peer, piece, now);
            return;
        }
        if (state.assembly().has(piece)) {
            return;
        }
        From from = peer.isNear() && state.picker().isHeldElsewhere(piece) ? From.OTHER_SITE : From.OUTSIDE;
        Duration usual = state.crews().usual(from);
        Leases.Worth worth = leases.claim(peer, piece, from, intent.lease(), intent.relayed(), usual, now);
        if (worth == Leases.Worth.NONE || intent.relayed()) {
            return;
        }
        if (worth == Leases.Worth.FIRST) {
            relay(peer, piece, from, intent.lease());
        }
        outsideRequests.yieldTo(peer, piece);
    }

    /** In a neighbourhood that may be larger than what each of us sees, word of a claim is passed on, once. */
    private void relay(SourceState claimer, int piece, From from, Duration lease) {
        List<SourceState> peers = state.sources().peers().stream()
                .filter(peer -> Claims.concerns(peer, from))
                .toList();
        if (peers.size() < state.tuning().relayFrom()) {
            return;
        }
        for (SourceState peer : peers) {
            if (peer != claimer && peer.wants && !peer.holds.has(piece)) {
                state.effects().add(new DownloadEffect.TellIntent(peer.id, piece, lease, true));
            }
        }
    }

    // ---- what comes ----

    private boolean arrive(DownloadEvent.Arrived arrived, Moment now) {
        Optional<Transfer> found = state.transfers().find(arrived.transfer());
        if (found.isEmpty()) {
            return false;
        }
        Transfer transfer = found.get();
        SourceState source = transfer.source;
        boolean full = false;
        long before = transfer.position();
        List<Digest> leaves = arrived.leaves();
        for (int next = 0; next < leaves.size() && isUnderWay(transfer); ) {
            ByteRange rest = ofOnePiece(transfer.rest());
            int blocks = (int) Math.min(leaves.size() - next, Math.ceilDiv(rest.length(), PieceLayout.BLOCK));
            ByteRange range = new ByteRange(rest.offset(), Math.min(rest.length(), (long) blocks * PieceLayout.BLOCK));
            state.assembly().uncover(range);
            boolean fullNow = state.assembly().arrive(source, range.offset(), leaves.subList(next, next + blocks));
            source.arrived(transfer, range.length(), now);
            transfer.advance(range.length(), now);
            if (fullNow) {
                judge(layout.pieceAt(range.offset()), now);
                full = true;
            }
            next += blocks;
        }
        state.topUp().arrived(transfer.position() - before, source.isPeer());
        if (source.isPeer()) {
            discipline.brought(transfer.position() - before);
            if (transfer.isOver()) {
                state.transfers().release(transfer);
            }
        }
        lastProgress = now;
        return full || mayTakeMore(source);
    }

    /** Whether more of it is awaited; not if what came of it has just made its source banned. */
    private boolean isUnderWay(Transfer transfer) {
        return !transfer.isOver() && state.transfers().find(transfer.id).isPresent();
    }

    /** The beginning of a range, up to the end of its first piece. */
    private ByteRange ofOnePiece(ByteRange range) {
        long end = layout.piece(layout.pieceAt(range.offset())).end();
        return ByteRange.between(range.offset(), Math.min(range.end(), end));
    }

    private boolean mayTakeMore(SourceState source) {
        return source.isPeer()
                && state.assembly().nextFree(source.holds, 0) >= 0
                && source.inFlight() < source.window(state.tuning());
    }

    private void judge(int piece, Moment now) {
        switch (state.assembly().judge(piece)) {
            case Assembly.Verdict.Proved proved -> {
                proved.bytes().forEach(SourceState::verified);
                state.claims()
                        .fulfil(piece)
                        .ifPresent(
                                claim -> state.crews().learn(claim.from(), Optional.empty(), now.since(claim.since())));
                state.leases().settle(piece, now);
                state.effects().add(new DownloadEffect.Commit(piece));
                proved.liars().forEach(liar -> discipline.blame(liar, piece, now));
            }
            case Assembly.Verdict.Failed failed -> {
                failed.bytes().forEach(SourceState::waste);
                state.claims().giveUp(piece);
                failed.culprit().ifPresent(culprit -> discipline.blame(culprit, piece, now));
            }
        }
    }

    private boolean end(DownloadEvent.Ended ended, Moment now) {
        Optional<Transfer> found = state.transfers().find(ended.transfer());
        found.ifPresent(transfer -> end(transfer, ended.ending(), now));
        return found.isPresent();
    }

    private void end(Transfer transfer, Ending ending, Moment now) {
        SourceState source = transfer.source;
        state.transfers().release(transfer);
        switch (ending) {
            case Ending.Complete ignored -> {
                if (!transfer.isOver()) {
                    source.backOff(now, Duration.ofMillis(200));
                    state.effects().explain(source, troubleOf(source), "it sent less than was asked for");
                }
            }
            case Ending.Declined ignored -> setHolds(source, PieceSet.none(layout.pieceCount()), now);
            case Ending.Busy busy -> source.busyUntil = now.plus(busy.retryAfter());
            case Ending.Broken broken -> {
                source.backOff(now, Duration.ofMillis(500));
                state.effects().explain(source, troubleOf(source), broken.why());
            }
            case Ending.Refused refused -> {
                source.refused = true;
                state.effects().explain(source, troubleOf(source), refused.why());
            }
        }
    }

    private static ReasonCode troubleOf(SourceState source) {
        return source.isPeer() ? ReasonCode.PEER_GONE : ReasonCode.ORIGIN_ERROR;
    }

    // ---- what to do ----

    private void plan(Moment now) {
        if (state.assembly().proved().isFull()) {
            over = true;
            waits.now(Optional.empty(), now);
            state.effects().add(new DownloadEffect.Done());
            return;
        }
        discipline.look(state.crews().usual(From.OUTSIDE), now);
        state.sources().changed();
        outsideRequests.look(now);
        state.claims().renew(state.crews()::lease, now);
        peerRequests.plan(now);
        crossingRequests.plan(now);
        outsideRequests.plan(now);
        failIfHopeless(now);
        boolean idle = !over && state.transfers().isEmpty();
        waits.now(idle ? outsideRequests.waitsFor(now) : Optional.empty(), now);
        if (!over) {
            state.effects().add(new DownloadEffect.WakeAt(wakeAt(now)));
        }
    }

    private void failIfHopeless(Moment now) {
        Tuning tuning = state.tuning();
        if (now.isBefore(began.plus(tuning.dialling()))) {
            return;
        }
        boolean outside = state.sources().outside().stream().anyMatch(source -> !source.refused);
        boolean patience = !lastProgress.plus(tuning.giveUp()).isBefore(now);
        if (!state.transfers().isEmpty() || (patience && (outside || anyPeerOffers()))) {
            return;
        }
        over = true;
        state.effects()
                .add(new DownloadEffect.Failed(
                        ReasonCode.ORIGIN_ERROR,
                        outside
                                ? "no byte from any source for "
                                        + tuning.giveUp().toSeconds() + " s"
                                : "the origin does not give it, and no neighbour holds what is missing"));
    }

    private boolean anyPeerOffers() {
        return state.sources().peers().stream().anyMatch(peer -> !peer.refused && !peer.holds.isEmpty());
    }

    private Moment wakeAt(Moment now) {
        Moment wake = Moment.min(state.leases().firstExpiry(), state.crews().nextTurn());
        wake = Moment.min(wake, state.claims().nextRenewal(state.crews()::lease));
        Moment metAt = outsideRequests.metAt();
        wake = metAt.isAfter(now) ? Moment.min(wake, metAt) : wake;
        for (SourceState source : state.sources().all()) {
            if (!source.refused) {
                wake = source.pausedUntil.isAfter(now) ? Moment.min(wake, source.pausedUntil) : wake;
                wake = source.busyUntil.isAfter(now) ? Moment.min(wake, source.busyUntil) : wake;
            }
        }
        Moment soon = now.plus(state.transfers().isEmpty() ? Duration.ofMillis(500) : Duration.ofSeconds(1));
        return Moment.min(soon, wake.isAfter(now) ? wake : now.plus(Duration.ofMillis(50)));
    }
}
