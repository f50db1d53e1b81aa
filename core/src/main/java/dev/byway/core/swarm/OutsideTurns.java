package dev.byway.core.swarm;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Who fetches which piece from outside, so that all together fetch each about once.
 *
 * <p>N devices start the same minute behind one thin uplink. Nobody is in charge; each decides from what it sees:
 *
 * <ul>
 *   <li><b>Frontier.</b> All devices walk the pieces in one order that depends on the content only. The first few that
 *       nobody holds or claims are the frontier: only these are fetched from outside. How many follows from the uplink:
 *       as many as keep one piece at about {@link Tuning#outsidePieceTime()}. Fewer, faster fetches spread sooner than
 *       many slow ones: a piece can be passed on only when it is whole.
 *   <li><b>Rank.</b> The neighbours that lack pieces and have a hand free are ranked for each frontier piece by
 *       {@linkplain Rendezvous rendezvous hashing}. The first fetches at once, the next takes over when nothing was
 *       heard for {@link Tuning#turn()}, and so on.
 *   <li><b>Own pieces.</b> Where the line feeds everybody, all are busy and get free at about the same time, and nobody
 *       can tell who is free just now: word of it takes longer than a piece. Then each looks further ahead and takes the
 *       first piece for which it ranks before all others, busy or not: different pieces without a word.
 *   <li><b>Intent.</b> Who fetches says so, see {@link Leases}.
 * </ul>
 *
 * <p>Views differ for a moment; then a piece is fetched twice. That costs bytes, never correctness.
 */
final class OutsideTurns {
    /** Pieces of the frontier for each device, so that nearly always one of them is its own. */
    private static final int FRONTIER = 3;

    private final Tuning tuning;
    private final PieceLayout layout;
    private final DeviceId self;
    private final long content;
    private final int start;
    private final int step;
    private final Map<Integer, Moment> openSince = new HashMap<>();
    private double fetchers;
    private double usualSeconds;
    private int walked;
    private Moment nextTurn = new Moment(Long.MAX_VALUE);

    OutsideTurns(Tuning tuning, PieceLayout layout, DeviceId self, long content) {
        this.tuning = tuning;
        this.layout = layout;
        this.self = self;
        this.content = content;
        this.fetchers = tuning.minFetchers();
        int pieces = Math.max(1, layout.pieceCount());
        this.start = (int) Long.remainderUnsigned(Rendezvous.mix(content), pieces);
        this.step = stepFor(pieces, Rendezvous.mix(content + 1));
    }

    private static int stepFor(int pieces, long seed) {
        int step = 1 + (int) Long.remainderUnsigned(seed, pieces);
        while (gcd(step, pieces) != 1) {
            step++;
        }
        return step;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private int pieceAt(int place) {
        return (int) ((start + (long) place * step) % layout.pieceCount());
    }

    /** What a piece takes from outside at present; the longest believable while nothing is known. */
    Duration usual() {
        return usualSeconds == 0 ? tuning.maxLease().dividedBy(4) : Duration.ofNanos((long) (usualSeconds * 1e9));
    }

    /** Pieces to be fetched from outside at once, by all neighbours together. */
    int fetchers() {
        return (int) fetchers;
    }

    /** Pieces that one device fetches from outside at once: one, unless there are more to fetch than devices. */
    int hands(int others) {
        return Math.clamp((fetchers() + others) / (others + 1), 1, tuning.outsideTransfers());
    }

    /** Learns from a piece that came from outside, fetched by anybody, while {@code active} were on their way. */
    void learn(Duration took, int active, int participants) {
        double seconds = Math.max(took.toNanos() / 1e9, 1e-3);
        usualSeconds = usualSeconds == 0 ? seconds : 0.7 * usualSeconds + 0.3 * seconds;
        double wish = active * tuning.outsidePieceTime().toNanos() / 1e9 / seconds;
        double most = Math.max(tuning.minFetchers(), (double) (participants + 1) * tuning.outsideTransfers());
        fetchers = Math.clamp(fetchers + 0.3 * (Math.clamp(wish, 1, most) - fetchers), tuning.minFetchers(), most);
    }

    /**
     * The piece that this device should fetch from outside now.
     *
     * @param others neighbours that lack pieces
     * @param leases what they claim
     * @param active pieces on their way from outside, ours included
     * @param open whether a piece is one that nobody here holds and that is not under way
     * @param proved whether a piece is done, so that the walk need not come back to it
     */
    OptionalInt next(
            Collection<SourceState> others,
            Leases leases,
            int active,
            IntPredicate open,
            IntPredicate proved,
            Moment now) {
        nextTurn = new Moment(Long.MAX_VALUE);
        while (walked < layout.pieceCount() && proved.test(pieceAt(walked))) {
            walked++;
        }
        int room = fetchers() - active;
        if (room <= 0) {
            return OptionalInt.empty();
        }
        List<Integer> frontier = frontier(FRONTIER * (others.size() + 1), leases, open);
        List<SourceState> free = free(others, leases);
        boolean allFetch = fetchers() > others.size();
        if (allFetch || free.isEmpty()) {
            for (int piece : frontier) {
                if (rank(piece, others) == 0) {
                    return OptionalInt.of(piece);
                }
            }
        }
        return takeOver(frontier.subList(0, Math.min(room, frontier.size())), free, now);
    }

    private List<Integer> frontier(int most, Leases leases, IntPredicate open) {
        List<Integer> frontier = new ArrayList<>();
        for (int place = walked; place < layout.pieceCount() && frontier.size() < most; place++) {
            int piece = pieceAt(place);
            if (leases.isLeased(piece) || !open.test(piece)) {
                openSince.remove(piece);
            } else {
                frontier.add(piece);
            }
        }
        return frontier;
    }

    private List<SourceState> free(Collection<SourceState> others, Leases leases) {
        return others.stream()
                .filter(other -> leases.held(other) < hands(others.size()))
                .toList();
    }

    /** A piece of somebody who is busy: the first in rank who has a hand free takes it soon, the next ones later. */
    private OptionalInt takeOver(List<Integer> pieces, Collection<SourceState> free, Moment now) {
        for (int piece : pieces) {
            Moment mine = openSince
                    .computeIfAbsent(piece, p -> now)
                    .plus(tuning.turn()
                            .multipliedBy(rank(piece, free))
                            .plus(tuning.turn().dividedBy(4)));
            if (!mine.isAfter(now)) {
                openSince.remove(piece);
                return OptionalInt.of(piece);
            }
            nextTurn = Moment.min(nextTurn, mine);
        }
        return OptionalInt.empty();
    }

    /** When our turn may come without any event; the end of time when it will not. */
    Moment nextTurn() {
        return nextTurn;
    }

    /** The place of this device among {@code others} for a piece; 0 is first. */
    int rank(int piece, Collection<SourceState> others) {
        long mine = Rendezvous.score(self, content, piece);
        int rank = 0;
        for (SourceState other : others) {
            long theirs = Rendezvous.score(other.info.device().orElseThrow(), content, piece);
            rank += Long.compareUnsigned(theirs, mine) > 0 ? 1 : 0;
        }
        return rank;
    }

    /** A piece to begin with while no neighbour is known yet: another one for each device, most likely. */
    int ownStart() {
        return (int) Long.remainderUnsigned(Rendezvous.score(self, content, -1), Math.max(1, layout.pieceCount()));
    }
}
