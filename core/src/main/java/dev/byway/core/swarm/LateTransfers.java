package dev.byway.core.swarm;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.Moment;
import java.util.Optional;

/** Transfers for which their source will need far longer than an idle one would. */
final class LateTransfers {
    /** Seconds that a request is thought to take at a source that has not sent anything yet. */
    private static final double UNKNOWN = 0.5;

    private final PieceLayout layout;
    private final Assembly assembly;
    private final Transfers transfers;

    LateTransfers(DownloadState state) {
        this.layout = state.layout();
        this.assembly = state.assembly();
        this.transfers = state.transfers();
    }

    /** Whether any takes so long that somebody might take it over. */
    boolean any(Moment now) {
        for (Transfer transfer : transfers.all()) {
            if (secondsLeft(transfer, now) > UNKNOWN) {
                return true;
            }
        }
        return false;
    }

    /** The one that {@code idle} should take over: of those far slower the one that takes longest, and of those the first. */
    Optional<Transfer> slowest(SourceState idle, Moment now) {
        Optional<Transfer> slowest = Optional.empty();
        double most = 0;
        for (Transfer transfer : transfers.all()) {
            double left = secondsLeft(transfer, now);
            if (left > most && mayTake(idle, transfer, now) && left > 2 * ours(idle, transfer) + UNKNOWN) {
                slowest = Optional.of(transfer);
                most = left;
            }
        }
        return slowest;
    }

    /**
     * A device of the site takes from anybody. One of another site takes only what is quiet: all of them share one line, so that
     * taking over from a slow one makes none faster. The outside takes from peers of other sites.
     */
    private boolean mayTake(SourceState idle, Transfer transfer, Moment now) {
        int piece = layout.pieceAt(transfer.position());
        if (transfer.source == idle || assembly.isSuspect(piece)) {
            return false;
        }
        if (!idle.isPeer()) {
            return transfer.source.isPeer() && !transfer.source.isNear();
        }
        return idle.holds.has(piece) && (idle.isNear() || (!transfer.source.isNear() && isQuiet(transfer, now)));
    }

    private static double ours(SourceState idle, Transfer transfer) {
        return idle.rate() == 0 ? UNKNOWN : transfer.rest().length() / idle.rate();
    }

    private static double secondsLeft(Transfer transfer, Moment now) {
        if (isQuiet(transfer, now)) {
            return 10 * now.since(transfer.lastByte()).toNanos() / 1e9;
        }
        double rate = transfer.source.rate() / Math.max(1, transfer.source.transfers.size());
        return rate == 0 ? 0 : transfer.rest().length() / rate;
    }

    static boolean isQuiet(Transfer transfer, Moment now) {
        return transfer.lastByte().plus(Discipline.QUIET).isBefore(now);
    }
}
