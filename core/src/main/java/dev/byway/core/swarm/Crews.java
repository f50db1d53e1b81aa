package dev.byway.core.swarm;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Those who share the work of fetching, twice: all neighbours what comes from outside, and those of this site what comes from
 * other sites. Either way a piece is fetched about once and then passed on.
 */
final class Crews {
    private final Claims claims;
    private final Leases leases;
    private final Sources sources;
    private final OutsideTurns outside;
    private final OutsideTurns otherSite;
    private final Paces paces;

    /** @param content a number that all derive alike from what the content is */
    Crews(
            Tuning tuning,
            PieceLayout layout,
            DeviceId self,
            long content,
            Claims claims,
            Leases leases,
            Sources sources) {
        this.claims = claims;
        this.leases = leases;
        this.sources = sources;
        this.outside = new OutsideTurns(tuning, layout, self, content, From.OUTSIDE);
        this.paces = new Paces(sources, tuning.turn());
        this.otherSite = new OutsideTurns(tuning, layout, self, content, From.OTHER_SITE);
    }

    /** Whose turn it is. */
    OutsideTurns turns(From from) {
        return switch (from) {
            case OUTSIDE -> outside;
            case OTHER_SITE -> otherSite;
        };
    }

    /** Our neighbours among those who share it. */
    List<SourceState> others(From from) {
        return switch (from) {
            case OUTSIDE -> sources.participants();
            case OTHER_SITE -> sources.nearParticipants();
        };
    }

    /** The piece that this device should fetch from there now; see {@link OutsideTurns#next}. */
    OptionalInt next(From from, IntPredicate open, IntPredicate proved, Moment now) {
        List<SourceState> others = others(from);
        return turns(from).next(quick(others), isLast(others), leases, active(from), open, proved, now);
    }

    private List<SourceState> quick(List<SourceState> others) {
        return others.stream().noneMatch(paces::isSlow)
                ? others
                : others.stream().filter(other -> !paces.isSlow(other)).toList();
    }

    /** Whether all others should fetch before this device. */
    private boolean isLast(List<SourceState> others) {
        return givesNone(others) || paces.areWeSlow();
    }

    /** Whether what this device fetches would have to be fetched again by all others. */
    private static boolean givesNone(List<SourceState> others) {
        return !others.isEmpty() && others.stream().allMatch(other -> other.withheld);
    }

    /** Pieces that this device may fetch from there at once. */
    int hands(From from) {
        return turns(from).hands(others(from).size());
    }

    /** Pieces on their way from there to any of us. */
    private int active(From from) {
        return claims.count(from) + leases.count(from);
    }

    /**
     * Whether more is on its way from there than goes well together, and this device is not among those who should fetch it; asked before
     * anything is known of the line, when not all have heard of each other.
     */
    boolean isSuperfluous(From from) {
        OutsideTurns turns = turns(from);
        if (turns.knows() || active(from) <= turns.fetchers()) {
            return false;
        }
        List<SourceState> others = others(from);
        return !turns.isOfCrew(quick(others), isLast(others));
    }

    /** What a piece takes from there at present. */
    Duration usual(From from) {
        return turns(from).usual();
    }

    /** How long our neighbours should believe that we fetch a piece. */
    Duration lease(From from) {
        return leases.longest(from, usual(from));
    }

    /**
     * A piece has come from there, to any of us, and is not claimed any more.
     *
     * @param by who fetched it; empty for this device
     */
    void learn(From from, Optional<SourceState> by, Duration took) {
        if (from == From.OUTSIDE && !paces.learn(by, took)) {
            return;
        }
        turns(from).learn(took, active(from) + 1, others(from).size());
        leases.shorten(from, usual(from));
    }

    /** When our turn may come without any event; the end of time when it will not. */
    Moment nextTurn() {
        return Moment.min(outside.nextTurn(), otherSite.nextTurn());
    }
}
