package dev.byway.core.swarm;

import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to sources that do not do what they said: wrong bytes, silence, broken leases, claims that nothing follows.
 * Everyone is told off in words that {@code why} repeats; who goes on is banned, and what it was to bring is free for others.
 */
final class Discipline {
    /** A transfer without a byte for so long is quiet: another source may take it over. */
    static final Duration QUIET = Duration.ofSeconds(1);

    private final Tuning tuning;
    private final PieceLayout layout;
    private final Assembly assembly;
    private final Picker picker;
    private final Leases leases;
    private final Sources sources;
    private final Transfers transfers;
    private final Effects effects;
    private final Patience patience;

    Discipline(DownloadState state) {
        this.tuning = state.tuning();
        this.layout = state.layout();
        this.assembly = state.assembly();
        this.picker = state.picker();
        this.leases = state.leases();
        this.sources = state.sources();
        this.transfers = state.transfers();
        this.effects = state.effects();
        this.patience = new Patience(tuning.stall());
    }

    /** A source is gone, and with it its transfers and what it held. */
    private void drop(SourceState source, Moment now) {
        transfers.releaseAll(source);
        source.holds.pieces().forEachRemaining((int piece) -> picker.lost(source, piece));
        leases.forget(source, now);
        sources.leave(source);
    }

    /** It went away with work that was given to it. */
    void left(SourceState source, Moment now) {
        if (source.isPeer() && !source.transfers.isEmpty()) {
            source.conduct.doubt(tuning.stall(), now);
        }
        drop(source, now);
    }

    private void ban(SourceState source, ReasonCode code, String detail, Moment now) {
        effects.explain(source, code, detail);
        transfers.cutAll(source);
        source.conduct.banned = true;
        drop(source, now);
        effects.add(new DownloadEffect.Ban(source.id));
    }

    /** A piece that it brought, alone or in part, was not what it should be. */
    void blame(SourceState source, int piece, Moment now) {
        source.conduct.badPieces++;
        boolean repeated = source.conduct.badPieces >= tuning.strikes();
        if (source.isPeer()) {
            effects.add(new DownloadEffect.Complain(source.id, piece));
            if (source.holds.remove(piece)) {
                picker.lost(source, piece);
            }
        }
        ReasonCode code = source.isPeer() ? ReasonCode.PEER_SENT_BAD_BYTES : ReasonCode.CHANGED_AT_ORIGIN;
        String detail = "piece " + piece + " did not match its digest";
        if (repeated && sources.isPresent(source)) {
            ban(source, code, detail + "; it is not asked again", now);
        } else {
            effects.explain(source, code, detail);
        }
    }

    /** What was asked of it went to another in time: it is never silent long enough to be found out by that. */
    void passedOver(Transfer transfer, Moment now) {
        SourceState source = transfer.source;
        source.rest(now, QUIET);
        effects.explain(source, ReasonCode.PEER_TOO_SLOW, "no byte for a second; another source took its work over");
        if (transfer.begun()) {
            return;
        }
        source.unheard++;
        if (source.unheard >= 2 * tuning.strikes() && source.good() == 0) {
            ban(
                    source,
                    ReasonCode.PEER_CLAIMED_NEVER_SENT,
                    "it claims pieces and left " + source.unheard + " requests to others",
                    now);
        }
    }

    /** A neighbour brought something. */
    void brought(long bytes) {
        patience.brought(bytes);
    }

    /** Looks who let time pass without doing what it said. */
    void look(Duration usual, Moment now) {
        breakLeases(now);
        giveUpOnSilent(now);
        doubtTheLate(usual, now);
    }

    private void breakLeases(Moment now) {
        for (SourceState peer : leases.expire(now)) {
            peer.conduct.brokenLeases++;
            if (peer.conduct.brokenLeases == tuning.strikes()) {
                effects.explain(
                        peer,
                        ReasonCode.PEER_BROKE_LEASE,
                        "said " + peer.conduct.brokenLeases
                                + " times that it fetches a piece and did not bring it in time");
            }
        }
    }

    private void giveUpOnSilent(Moment now) {
        List<Transfer> silent = new ArrayList<>();
        for (Transfer transfer : transfers.all()) {
            if (transfer.source.isPeer()
                    && transfer.lastByte().plus(tuning.silence()).isBefore(now)) {
                silent.add(transfer);
            }
        }
        for (Transfer transfer : silent) {
            if (transfers.find(transfer.id).isPresent()) {
                transfers.cut(transfer);
                silent(transfer.source, now);
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
                    "it claims pieces and sent none when asked " + source.silent + " times",
                    now);
        } else {
            source.backOff(now, Duration.ofSeconds(2));
            effects.explain(
                    source,
                    ReasonCode.PEER_TOO_SLOW,
                    "no byte for " + tuning.silence().toSeconds() + " s");
        }
    }

    /** Neighbours that claim and do not bring: what they hold is open to others, and what they bring too slowly is taken back. */
    private void doubtTheLate(Duration usual, Moment now) {
        List<Conduct> offering = new ArrayList<>();
        boolean any = picker.held().nextBeyond(assembly.proved(), 0) >= 0;
        for (SourceState peer : any ? sources.peers() : List.<SourceState>of()) {
            boolean offers = peer.isRelied(now)
                    && assembly.lacksAnyOf(peer.holds, piece -> peer.isNear() || !leases.isLeasedNear(piece));
            if (offers) {
                offering.add(peer.conduct);
            }
        }
        double stretches = tuning.stall().toNanos() / (double) usual.toNanos();
        List<Conduct> late = patience.look(offering, (long) (stretches * layout.pieceLength() / Patience.SHARE), now);
        if (late.isEmpty()) {
            return;
        }
        for (SourceState peer : sources.peers()) {
            if (late.contains(peer.conduct)) {
                if (peer.busyUntil.isAfter(now)) {
                    effects.explain(peer, ReasonCode.PEER_BUSY, "busy while nobody else brought what it holds");
                }
                takeBackSlow(peer, now);
            }
        }
    }

    private void takeBackSlow(SourceState source, Moment now) {
        for (Transfer transfer : List.copyOf(source.transfers)) {
            if (transfer.begun() && !transfer.started.plus(tuning.stall()).isAfter(now)) {
                transfers.cut(transfer);
                effects.explain(source, ReasonCode.PEER_TOO_SLOW, "far slower than the outside");
            }
        }
    }
}
