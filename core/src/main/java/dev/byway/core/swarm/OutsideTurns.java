package dev.byway.core.swarm;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Who fetches which piece from outside, so that all together fetch each about once.
 *
 * <p>N devices start the same minute behind one thin uplink. Nobody is in charge; each decides from what it sees, and word of
 * what others do may take longer than a piece. So as much as possible follows from what all see alike: the content, and who
 * takes part.
 *
 * <ul>
 *   <li><b>Frontier.</b> All devices walk the pieces in one order that depends on the content only. The first ones that
 *       nobody holds or claims are the frontier: only these are fetched from outside.
 *   <li><b>Crew.</b> As many devices fetch as keep one piece at about {@link Tuning#outsidePieceTime()}: fewer, faster fetches
 *       spread sooner than many slow ones, because a piece can be passed on only when it is whole. Who they are follows from
 *       {@linkplain Rendezvous rendezvous hashing}; the others take what the crew brings.
 *   <li><b>Own pieces.</b> Each of the crew takes the first piece of the frontier for which it ranks before the rest of the
 *       crew, busy or not: different pieces, without a word.
 *   <li><b>Too many.</b> Where more is on its way than the crew should fetch, before a first piece has come and all have heard of each
 *       other, who is not of the crew leaves what it has hardly begun.
 *   <li><b>Turns.</b> Where the crew leaves the line idle, somebody has gone, or means it badly: the first in rank of those
 *       who have a hand free takes over after two turns, the next one a turn later, and so on. A turn is what a piece takes,
 *       at least {@link Tuning#turn()}.
 *   <li><b>Who gives nothing</b> comes last: it is never of the crew, and takes over after all others.
 *   <li><b>Intent.</b> Who fetches says so, see {@link Leases}.
 * </ul>
 *
 * <p>The same rules serve for what only other sites hold, see {@link From}: there the devices are those of one site, and outside is
 * beyond its line.
 *
 * <p>Views differ for a moment; then a piece is fetched twice. That costs bytes, never correctness.
 */
final class OutsideTurns {
    /** Pieces of the frontier for each of the crew, so that nearly always one of them is its own. */
    private static final int FRONTIER = 3;

    /** What a piece is taken to take while nothing is known: a first word is believed for 15 s, see {@link Leases#longest}. */
    private static final Duration UNKNOWN = Duration.ofMillis(3750);

    /** Stands in the place of a piece where devices are ranked for the crew. */
    private static final int CREW = -3;

    private final Tuning tuning;
    private final PieceLayout layout;
    private final DeviceId self;
    private final long content;
    private final From from;
    private final int start;
    private final int step;
    private double fetchers;
    private double usualSeconds;
    private int walked;
    private boolean idle;
    private Moment idleSince = Moment.ZERO;
    private Moment nextTurn = new Moment(Long.MAX_VALUE);

    /** @param from what these turns are about */
    OutsideTurns(Tuning tuning, PieceLayout layout, DeviceId self, long content, From from) {
        this.tuning = tuning;
        this.layout = layout;
        this.self = self;
        this.content = content;
        this.from = from;
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

    /** What a piece takes from outside at present. */
    Duration usual() {
        return Duration.ofNanos(usualSeconds == 0 ? UNKNOWN.toNanos() : (long) (usualSeconds * 1e9));
    }

    /** Whether a piece has come from outside, to anybody, so that something is known of the line. */
    boolean knows() {
        return usualSeconds > 0;
    }

    /** Pieces to be fetched from outside at once, by all neighbours together. */
    int fetchers() {
        return (int) fetchers;
    }

    /**
     * Pieces that one device fetches from outside at once: one, unless there are more to fetch than devices. One at first, too: while
     * no piece has come, not all devices have been heard of, and how much the line carries is not known.
     */
    int hands(int others) {
        return usualSeconds == 0 ? 1 : Math.clamp((fetchers() + others) / (others + 1), 1, tuning.outsideTransfers());
    }

    /** Learns from a piece that came from outside, fetched by anybody, while {@code active} were on their way. */
    void learn(Duration took, int active, int participants) {
        double seconds = Math.max(took.toNanos() / 1e9, 1e-3);
        usualSeconds = Math.max(seconds, 0.7 * usualSeconds + 0.3 * seconds);
        double wish = active * tuning.outsidePieceTime().toNanos() / 1e9 / seconds;
        double most = Math.max(tuning.minFetchers(), (double) (participants + 1) * tuning.outsideTransfers());
        fetchers = Math.clamp(fetchers + 0.3 * (Math.clamp(wish, 1, most) - fetchers), tuning.minFetchers(), most);
    }

    /**
     * The piece that this device should fetch from outside now.
     *
     * @param others neighbours that lack pieces
     * @param last whether this device gives them nothing, so that all of them come first
     * @param leases what they claim
     * @param active pieces on their way from outside, ours included
     * @param open whether a piece is one that nobody here holds or claims and that is not under way
     * @param proved whether a piece is done, so that the walk need not come back to it
     */
    OptionalInt next(
            Collection<SourceState> others,
            boolean last,
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
        idleSince = idle ? idleSince : now;
        idle = room > 0;
        if (!idle) {
            return OptionalInt.empty();
        }
        long lowest = lowestOfCrew(others, last);
        boolean ours = !last && isCrew(self, lowest);
        Moment soonest = idleSince.plusNanos(2 * turnNanos());
        if (!ours && soonest.isAfter(now)) {
            nextTurn = soonest;
            return OptionalInt.empty();
        }
        List<SourceState> crew = crew(others, lowest);
        List<Integer> frontier = frontier(FRONTIER * (crew.size() + 1), open);
        if (ours) {
            for (int piece : frontier) {
                if (rank(piece, crew) == 0) {
                    return OptionalInt.of(piece);
                }
            }
        }
        List<Integer> left = frontier.subList(0, Math.min(room, frontier.size()));
        List<SourceState> free = free(others, leases);
        return takeOver(left, piece -> last ? others.size() : rank(piece, free), leases, now);
    }

    /** Whether this device is one of those who should fetch while all are there. */
    boolean isOfCrew(Collection<SourceState> others, boolean last) {
        return !last && isCrew(self, lowestOfCrew(others, last));
    }

    /** The score of the last one in rank that belongs to the crew. */
    private long lowestOfCrew(Collection<SourceState> others, boolean withoutUs) {
        int all = others.size() + (withoutUs ? 0 : 1);
        if (fetchers() >= all) {
            return 0;
        }
        long[] scores = new long[all];
        int count = 0;
        for (SourceState other : others) {
            scores[count++] = crewScore(device(other)) ^ Long.MIN_VALUE;
        }
        if (!withoutUs) {
            scores[count] = crewScore(self) ^ Long.MIN_VALUE;
        }
        Arrays.sort(scores);
        return scores[scores.length - fetchers()] ^ Long.MIN_VALUE;
    }

    private List<SourceState> crew(Collection<SourceState> others, long lowest) {
        List<SourceState> crew = new ArrayList<>();
        for (SourceState other : others) {
            if (isCrew(device(other), lowest)) {
                crew.add(other);
            }
        }
        return crew;
    }

    private boolean isCrew(DeviceId device, long lowest) {
        return Long.compareUnsigned(crewScore(device), lowest) >= 0;
    }

    private long crewScore(DeviceId device) {
        return Rendezvous.score(device, content, CREW);
    }

    private List<Integer> frontier(int most, IntPredicate open) {
        List<Integer> frontier = new ArrayList<>();
        for (int place = walked; place < layout.pieceCount() && frontier.size() < most; place++) {
            int piece = pieceAt(place);
            if (open.test(piece)) {
                frontier.add(piece);
            }
        }
        return frontier;
    }

    private List<SourceState> free(Collection<SourceState> others, Leases leases) {
        int hands = hands(others.size());
        List<SourceState> free = new ArrayList<>();
        for (SourceState other : others) {
            if (leases.held(other, from) < hands) {
                free.add(other);
            }
        }
        return free;
    }

    /** What somebody has just given up is the first one's at once, and a turn later the next one's. */
    private OptionalInt takeOver(List<Integer> pieces, IntUnaryOperator place, Leases leases, Moment now) {
        for (int piece : pieces) {
            Moment first = Moment.max(idleSince.plusNanos(2 * turnNanos()), leases.openSince(piece));
            Moment mine = first.plusNanos(turnNanos() * place.applyAsInt(piece));
            if (!mine.isAfter(now)) {
                return OptionalInt.of(piece);
            }
            nextTurn = Moment.min(nextTurn, mine);
        }
        return OptionalInt.empty();
    }

    private long turnNanos() {
        return Math.max((long) (usualSeconds * 1e9), tuning.turn().toNanos());
    }

    /** Nothing is to be fetched, until {@link #next} is asked again. */
    void rest() {
        nextTurn = new Moment(Long.MAX_VALUE);
    }

    /** When our turn may come without any event; the end of time when it will not. */
    Moment nextTurn() {
        return nextTurn;
    }

    /** The place of this device among {@code others} for a piece; 0 is first. */
    int rank(int piece, Collection<SourceState> others) {
        long score = Rendezvous.score(self, content, piece);
        int rank = 0;
        for (SourceState other : others) {
            rank += isBefore(device(other), score, piece) ? 1 : 0;
        }
        return rank;
    }

    private boolean isBefore(DeviceId device, long score, int piece) {
        return Long.compareUnsigned(Rendezvous.score(device, content, piece), score) > 0;
    }

    private static DeviceId device(SourceState peer) {
        return peer.info.device().orElseThrow();
    }

    /** A piece to begin with while no neighbour is known yet: another one for each device, most likely. */
    int ownStart() {
        return (int) Long.remainderUnsigned(Rendezvous.score(self, content, -1), Math.max(1, layout.pieceCount()));
    }
}
