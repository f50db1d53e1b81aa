package dev.byway.core.swarm;

import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked of devices of other sites, where several of this site lack it: each piece crosses the site's line once, to the
 * one whose turn it is, and is passed on inside. A device that is alone in its site asks like anybody, see {@link PeerRequests}.
 */
final class CrossingRequests {
    private final DownloadState state;
    private final Crews crews;

    CrossingRequests(DownloadState state) {
        this.state = state;
        this.crews = state.crews();
    }

    /** Asks for what may be asked for now. */
    void plan(Moment now) {
        crews.turns(From.OTHER_SITE).rest();
        if (!state.sources().hasFar() || crews.others(From.OTHER_SITE).isEmpty()) {
            return;
        }
        while (state.claims().count(From.OTHER_SITE) < crews.hands(From.OTHER_SITE)) {
            OptionalInt piece = crews.next(From.OTHER_SITE, open -> isOpen(open, now), state.assembly()::has, now);
            if (piece.isEmpty()) {
                return;
            }
            fetch(piece.getAsInt(), now);
        }
    }

    private void fetch(int piece, Moment now) {
        claim(piece, now);
        Transfers transfers = state.transfers();
        ByteRange range =
                transfers.firstFree(piece, state.layout().pieceLength()).orElseThrow();
        transfers.fetch(holder(piece, now).orElseThrow(), range, now);
    }

    /** One of our site that lacks pieces too has come: it need not fetch what is on its way here. */
    void meet(Moment now) {
        for (Transfer transfer : state.transfers().all()) {
            if (transfer.source.isPeer() && !transfer.source.isNear() && !transfer.isOver()) {
                claim(state.layout().pieceAt(transfer.position()), now);
            }
        }
    }

    /** The rest of the site need not fetch this one. */
    void claim(int piece, Moment now) {
        state.claims().claim(piece, From.OTHER_SITE, crews.lease(From.OTHER_SITE), now);
    }

    private boolean isOpen(int piece, Moment now) {
        return state.assembly().hasFree(piece)
                && state.picker().isHeldFar(piece)
                && !state.leases().isLeasedNear(piece)
                && !(state.picker().isHeldNear(piece) && state.sources().isOfferedNear(piece, now))
                && holder(piece, now).isPresent();
    }

    private Optional<SourceState> holder(int piece, Moment now) {
        Optional<SourceState> best = Optional.empty();
        long least = Long.MAX_VALUE;
        long taste = Long.MAX_VALUE;
        for (SourceState peer : state.sources().peers()) {
            if (peer.isNear() || !peer.holds.has(piece) || !peer.askable(now)) {
                continue;
            }
            long inFlight = peer.inFlight();
            if (!peer.transfers.isEmpty() && inFlight >= peer.window(state.tuning())) {
                continue;
            }
            long its = state.picker().taste(peer);
            if (inFlight < least || (inFlight == least && its < taste)) {
                best = Optional.of(peer);
                least = inFlight;
                taste = its;
            }
        }
        return best;
    }
}
