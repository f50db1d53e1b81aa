package dev.byway.core.swarm;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How long devices take for a piece from outside. All of a site share its line, so that they take about as long, at any one
 * moment; who takes far longer has a slow cable of its own. The others would wait for it, piece by piece: so it is of no crew, and
 * what it takes says nothing about the line.
 */
final class Paces {
    /** More than so many times as long as others. */
    private static final int FAR = 3;

    private final Sources sources;
    private final long least;
    private long ours;
    private long limit = Long.MAX_VALUE;

    /** @param least who does not take longer than that is never slow */
    Paces(Sources sources, Duration least) {
        this.sources = sources;
        this.least = least.toNanos();
    }

    /**
     * A piece has come from outside.
     *
     * @param by who fetched it; empty for this device
     * @return whether it says something about the line
     */
    boolean learn(Optional<SourceState> by, Duration took) {
        by.ifPresentOrElse(peer -> peer.paceNanos = took.toNanos(), () -> ours = took.toNanos());
        long[] known = LongStream.concat(
                        LongStream.of(ours), sources.peers().stream().mapToLong(peer -> peer.paceNanos))
                .filter(nanos -> nanos > 0)
                .toArray();
        Arrays.sort(known);
        limit = known.length < 2 ? Long.MAX_VALUE : Math.max(least, FAR * known[(known.length - 1) / 2]);
        return took.toNanos() <= limit;
    }

    /** Whether a neighbour is far slower than others. */
    boolean isSlow(SourceState peer) {
        return peer.paceNanos > limit;
    }

    /** Whether this device is. */
    boolean areWeSlow() {
        return ours > limit;
    }
}
