package dev.byway.core.swarm;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of which neighbour: as much of each as keeps its pipe full, of all together no more than twice what comes in a
 * second, so that what is asked late goes to whoever turned out to be fast. An idle neighbour takes over from a slow source.
 */
final class PeerRequests {
    private final Tuning tuning;
    private final PieceLayout layout;
    private final Assembly assembly;
    private final Picker picker;
    private final Sources sources;
    private final Transfers transfers;
    private final Discipline discipline;
    private final CrossingRequests crossing;
    private final LateTransfers late;

    PeerRequests(DownloadState state, Discipline discipline, CrossingRequests crossing) {
        this.tuning = state.tuning();
        this.layout = state.layout();
        this.assembly = state.assembly();
        this.picker = state.picker();
        this.sources = state.sources();
        this.transfers = state.transfers();
        this.discipline = discipline;
        this.crossing = crossing;
        this.late = new LateTransfers(state);
    }

    /** A peer that may be asked, in the order in which that happens. */
    private record Askable(SourceState peer, long inFlight, long taste) implements Comparable<Askable> {
        @Override
        public int compareTo(Askable other) {
            int byLoad = Long.compare(inFlight, other.inFlight);
            return byLoad != 0 ? byLoad : Long.compare(taste, other.taste);
        }
    }

    /** Asks for what may be asked for now. */
    void plan(Moment now) {
        boolean mayTakeOver = late.any(now);
        if (!mayTakeOver && assembly.nextFree(picker.held(), 0) < 0) {
            return;
        }
        double rate = 0;
        long inFlight = 0;
        for (SourceState peer : sources.peers()) {
            rate += peer.rate();
            inFlight += peer.inFlight();
        }
        long most = Math.max(4L * layout.pieceLength(), (long) (2 * rate));
        if (inFlight >= most) {
            return;
        }
        List<Askable> askable = askable(mayTakeOver, now);
        boolean alone = sources.nearParticipants().isEmpty();
        for (Askable each : askable) {
            SourceState peer = each.peer();
            while (inFlight < most && sources.isPresent(peer) && peer.inFlight() < peer.window(tuning)) {
                Optional<ByteRange> range = pick(peer, alone, now);
                range = range.isEmpty() && mayTakeOver ? takeOver(peer, now) : range;
                if (range.isEmpty()) {
                    break;
                }
                if (!alone && !peer.isNear()) {
                    crossing.claim(layout.pieceAt(range.get().offset()), now);
                }
                transfers.fetch(peer, range.get(), now);
                inFlight += range.get().length();
            }
        }
    }

    /** Who may be asked for something, those with the least to do first; where nothing is taken over, only who has what is free. */
    private List<Askable> askable(boolean mayTakeOver, Moment now) {
        List<Askable> askable = new ArrayList<>();
        for (SourceState peer : sources.peers()) {
            if (!peer.askable(now) || peer.holds.isEmpty()) {
                continue;
            }
            long inFlight = peer.inFlight();
            boolean asked = inFlight < peer.window(tuning) && assembly.nextFree(peer.holds, 0) >= 0;
            if (mayTakeOver || asked) {
                askable.add(new Askable(peer, inFlight, picker.taste(peer)));
            }
        }
        askable.sort(Comparator.naturalOrder());
        return askable;
    }

    /** What crosses the site's line is left to neighbours that need not; and where we are not alone, to {@link CrossingRequests}. */
    private Optional<ByteRange> pick(SourceState peer, boolean alone, Moment now) {
        if (peer.isNear()) {
            return picker.pick(peer, transfers.all(), piece -> true);
        }
        return alone
                ? picker.pick(
                        peer,
                        transfers.all(),
                        piece -> !(picker.isHeldNear(piece) && sources.isOfferedNear(piece, now)))
                : Optional.empty();
    }

    /**
     * An idle peer takes the rest of a transfer that another source will need far longer for. Not one that failed and has
     * never sent a byte: two such would take from each other for ever.
     */
    private Optional<ByteRange> takeOver(SourceState idle, Moment now) {
        if (!idle.transfers.isEmpty() || (idle.rate() == 0 && idle.failures > 0)) {
            return Optional.empty();
        }
        return late.slowest(idle, now).flatMap(slow -> {
            int piece = layout.pieceAt(slow.position());
            transfers.cut(slow);
            if (slow.source.isPeer() && LateTransfers.isQuiet(slow, now)) {
                discipline.passedOver(slow, now);
            }
            return transfers.firstFree(piece, PieceLayout.DEFAULT_PIECE);
        });
    }
}
