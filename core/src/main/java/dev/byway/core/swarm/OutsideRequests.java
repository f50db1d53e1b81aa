package dev.byway.core.swarm;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked of origins and cache hosts: alone everything, among neighbours that lack pieces what {@link OutsideTurns}
 * leaves to this device, and never what a neighbour would bring.
 */
final class OutsideRequests {
    /** A piece of which less than this part has come is hardly begun. */
    private static final int PART = 20;

    private final Tuning tuning;
    private final PieceLayout layout;
    private final Assembly assembly;
    private final Picker picker;
    private final OutsideTurns turns;
    private final Leases leases;
    private final Sources sources;
    private final Transfers transfers;
    private final Claims claims;
    private final Crews crews;
    private final TopUp topUp;
    private final LateTransfers late;
    private final boolean shared;
    private final Moment began;
    private DownloadEvent.Expecting expected = new DownloadEvent.Expecting(0, 0, false);

    /** When nobody was expected any more, and the last word of who is there has had its time. */
    private Optional<Moment> all = Optional.empty();

    /** @param shared whether neighbours may turn up */
    OutsideRequests(DownloadState state, boolean shared, Moment began) {
        this.tuning = state.tuning();
        this.layout = state.layout();
        this.assembly = state.assembly();
        this.picker = state.picker();
        this.turns = state.crews().turns(From.OUTSIDE);
        this.leases = state.leases();
        this.sources = state.sources();
        this.transfers = state.transfers();
        this.claims = state.claims();
        this.crews = state.crews();
        this.topUp = state.topUp();
        this.late = new LateTransfers(state);
        this.shared = shared;
        this.began = began;
    }

    /** Who may join soon. */
    void expect(DownloadEvent.Expecting now, Moment moment) {
        boolean nobody = !comes(now) && now.silent() == 0;
        Duration word = sources.peers().isEmpty() ? Duration.ZERO : tuning.word();
        all = nobody ? all.or(() -> Optional.of(moment.plus(word))) : Optional.empty();
        expected = now;
    }

    private static boolean comes(DownloadEvent.Expecting who) {
        return who.neighbours() > 0 || who.asking();
    }

    /** What is waited for, when nothing is on its way. */
    Optional<Waits.Cause> waitsFor(Moment now) {
        if (now.isBefore(metAt())) {
            Waits.Cause more = expected.asking() ? Waits.Cause.COORDINATOR : Waits.Cause.ANSWERS;
            return Optional.of(expected.neighbours() > 0 ? Waits.Cause.DIALLING : more);
        }
        if (sources.peers().stream().anyMatch(peer -> !peer.holds.isEmpty() && peer.busyUntil.isAfter(now))) {
            return Optional.of(Waits.Cause.SLOTS);
        }
        if (sources.outside().stream().anyMatch(source -> !source.refused && source.pausedUntil.isAfter(now))) {
            return Optional.of(Waits.Cause.PAUSE);
        }
        return sources.participants().isEmpty() ? Optional.empty() : Optional.of(Waits.Cause.TURN);
    }

    /** Until when neighbours have time to turn up before anything is fetched from outside. */
    Moment metAt() {
        Moment latest = began.plus(comes(expected) ? tuning.dialling() : tuning.meeting());
        return shared ? all.filter(latest::isAfter).orElse(latest) : began;
    }

    /** Looks whether what peers of other sites hold may be asked for too. */
    void look(Moment now) {
        boolean mayWait = sources.hasFar()
                && sources.nearParticipants().isEmpty()
                && sources.outside().stream().anyMatch(source -> source.usable(now));
        topUp.look(mayWait && isLeftToOtherSites(now), now);
    }

    /** Whether some piece that is missing is offered, and by none of the site. */
    private boolean isLeftToOtherSites(Moment now) {
        for (int piece = picker.held().nextBeyond(assembly.proved(), 0);
                piece >= 0;
                piece = picker.held().nextBeyond(assembly.proved(), piece + 1)) {
            if (sources.isOffered(piece, now) && !isOfferedNear(piece, now)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfferedNear(int piece, Moment now) {
        return picker.isHeldNear(piece) && sources.isOfferedNear(piece, now);
    }

    /** Asks for what may be asked for now. */
    void plan(Moment now) {
        turns.rest();
        if (now.isBefore(metAt())) {
            return;
        }
        leaveToCrew();
        for (SourceState source : sources.outside()) {
            if (source.askable(now)) {
                if (crews.others(From.OUTSIDE).isEmpty() && !sources.hasTakers()) {
                    planAlone(source, now);
                } else {
                    planTurns(source, now);
                }
            }
        }
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
                transfers.fetch(source, run.isEmpty() ? rest(piece) : partOf(run, source, now), now);
                return;
            }
        }
        if (topUp.helps()) {
            takeOver(source, now);
        }
    }

    /** What a peer of another site will be far slower with. */
    private void takeOver(SourceState source, Moment now) {
        late.slowest(source, now).ifPresent(slow -> {
            int piece = layout.pieceAt(slow.position());
            transfers.cut(slow);
            transfers.fetch(source, rest(piece), now);
        });
    }

    private ByteRange rest(int piece) {
        return transfers.firstFree(piece, layout.pieceLength()).orElseThrow();
    }

    private ByteRange partOf(ByteRange run, SourceState source, Moment now) {
        int piece = layout.pieceAt(run.offset());
        int end = piece + 1;
        long most = shared ? Math.max(PieceLayout.DEFAULT_PIECE, source.good()) : run.length();
        while (end * (long) layout.pieceLength() < Math.min(run.end(), run.offset() + most) && isOpen(end, now)) {
            end++;
        }
        return ByteRange.between(run.offset(), Math.min(run.end(), (long) end * layout.pieceLength()));
    }

    private void planTurns(SourceState source, Moment now) {
        while (source.transfers.size() < crews.hands(From.OUTSIDE)) {
            OptionalInt piece = crews.next(From.OUTSIDE, p -> isOpenToAll(p, now), assembly::has, now);
            if (piece.isEmpty()) {
                return;
            }
            claims.claim(piece.getAsInt(), From.OUTSIDE, crews.lease(From.OUTSIDE), now);
            transfers.fetch(source, rest(piece.getAsInt()), now);
        }
    }

    private boolean isOpenToAll(int piece, Moment now) {
        return isOpen(piece, now) && !leases.isLeased(piece);
    }

    /** Whether a piece has to come from outside: blocks to ask for, and no neighbour that would bring them. */
    private boolean isOpen(int piece, Moment now) {
        return assembly.hasFree(piece)
                && !(topUp.helps() ? isOfferedNear(piece, now) : picker.isHeld(piece) && sources.isOffered(piece, now));
    }

    // ---- giving way ----

    /**
     * Those who begin before they know of each other are more than a thin line carries well: who is not of the crew leaves what it has
     * hardly begun.
     */
    private void leaveToCrew() {
        if (!crews.isSuperfluous(From.OUTSIDE)) {
            return;
        }
        for (Transfer transfer : transfers.outside()) {
            int piece = layout.pieceAt(transfer.position());
            ByteRange range = layout.piece(piece);
            if (claims.has(piece) && transfer.position() - range.offset() < range.length() / PART) {
                transfers.cut(transfer);
            }
        }
    }

    /** A neighbour that lacks pieces too: from now on the two take turns outside, piece by piece. */
    void meet(Moment now) {
        for (Transfer transfer : transfers.outside()) {
            int piece = layout.pieceAt(transfer.position());
            long pieceEnd = layout.piece(piece).end();
            if (transfer.end() > pieceEnd) {
                transfers.trim(transfer, pieceEnd);
            }
            claims.claim(piece, From.OUTSIDE, crews.lease(From.OUTSIDE), now);
        }
    }

    /** What a neighbour turns out to hold need not come from outside: long requests end with the piece they are at. */
    void leaveToPeers() {
        for (Transfer transfer : transfers.outside()) {
            int piece = layout.pieceAt(transfer.position()) + 1;
            int last = layout.pieceAt(transfer.end() - 1);
            while (piece <= last && !picker.isHeld(piece)) {
                piece++;
            }
            if (piece <= last) {
                transfers.trim(transfer, layout.piece(piece).offset());
            }
        }
    }

    /** Another one fetches this piece, too; who ranks second leaves it, unless it is nearly done. */
    void yieldTo(SourceState other, int piece) {
        if (!claims.has(piece) || turns.rank(piece, List.of(other)) == 0) {
            return;
        }
        ByteRange range = layout.piece(piece);
        for (Transfer transfer : transfers.shared(other)) {
            boolean here = transfer.position() >= range.offset() && transfer.position() < range.end();
            if (here && range.end() - transfer.position() > range.length() / 4) {
                transfers.cut(transfer);
            }
        }
    }
}
