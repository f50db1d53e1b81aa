package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked of devices of other sites, where several of this site lack it: each piece crosses the site's line once, to the
 * one whose turn it is, and is passed on inside. A device that is alone in its site asks like anybody, see {@link PeerRequests}.
 */
final class CrossingRequests {
    private final DownloadState state;
    private final OutsideTurns turns;

    CrossingRequests(DownloadState state) {
        this.state = state;
        this.turns = state.crews().turns(From.OTHER_SITE);
    }

    /** Asks for what may be asked for now. */
    void plan(Moment now) {
        turns.rest();
        List<SourceState> others = state.crews().others(From.OTHER_SITE);
        while (!others.isEmpty() && state.claims().count(From.OTHER_SITE) < turns.hands(others.size())) {
            OptionalInt next = turns.next(
                    others,
                    state.leases(),
                    state.crews().active(From.OTHER_SITE),
                    piece -> isOpen(piece, now),
                    state.assembly()::has,
                    now);
            if (next.isEmpty()) {
                return;
            }
            int piece = next.getAsInt();
            claim(piece, now);
            state.transfers()
                    .fetch(
                            holder(piece, now).orElseThrow(),
                            state.transfers()
                                    .firstFree(piece, state.layout().pieceLength())
                                    .orElseThrow(),
                            now);
        }
    }

    /** The rest of the site need not fetch this one. */
    void claim(int piece, Moment now) {
        state.claims().claim(piece, From.OTHER_SITE, state.crews().lease(From.OTHER_SITE), now);
    }

    private boolean isOpen(int piece, Moment now) {
        return state.assembly().isOpen(piece)
                && state.picker().isHeld(piece)
                && !state.leases().isLeasedNear(piece)
                && !(state.picker().isHeldNear(piece) && state.sources().isOfferedNear(piece, now))
                && holder(piece, now).isPresent();
    }

    private Optional<SourceState> holder(int piece, Moment now) {
        return state.sources().peers().stream()
                .filter(peer -> !peer.isNear() && peer.askable(now) && peer.holds.has(piece))
                .filter(peer -> peer.transfers.isEmpty() || peer.inFlight() < peer.window(state.tuning()))
                .min(Comparator.comparingLong(SourceState::inFlight).thenComparingLong(state.picker()::taste));
    }
}
