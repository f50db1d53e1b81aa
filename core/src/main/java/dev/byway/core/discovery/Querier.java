package dev.byway.core.discovery;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When queries go out on one link. "Who is there?" is asked at once, then after growing gaps (RFC 6762 section 5.2). When
 * another device asks that, it counts as asked (section 7.3): a link with a thousand devices carries about as many such
 * queries as one with two, which matters, because each has a thousand answers. Who was not heard of late is asked for by
 * name, which has one answer.
 */
final class Querier {
    private static final int GROWTH = 3;
    private static final int JITTER_PARTS = 10;

    private Moment browse;
    private Moment earliest;
    private Moment earliestToCount;
    private Duration gap = DiscoveryLimits.FIRST_QUERY_GAP;

    Querier(Moment now) {
        browse = now;
        earliest = now;
        earliestToCount = now;
    }

    /** When to send a query next, if a neighbour is to be asked for at {@code wanted}. */
    Moment next(Moment wanted) {
        Moment next = Moment.min(browse, wanted);
        return next.isBefore(earliest) ? earliest : next;
    }

    /** Whether it is time to ask who is there. */
    boolean isTimeToBrowse(Moment now) {
        return !browse.isAfter(now);
    }

    /** A query was sent. */
    void sent(Moment now, RandomGenerator random) {
        earliest = now.plus(DiscoveryLimits.SEND_GAP);
        if (isTimeToBrowse(now)) {
            browsed(now, random);
        }
    }

    /** Another device asked who is there, or this device's own query came back. */
    void overheard(Moment now, RandomGenerator random) {
        if (!now.isBefore(earliestToCount)) {
            browsed(now, random);
        }
    }

    private void browsed(Moment now, RandomGenerator random) {
        earliestToCount = now.plus(DiscoveryLimits.SEND_GAP);
        browse = now.plus(gap).plusNanos(random.nextLong(gap.toNanos() / JITTER_PARTS));
        gap = gap.multipliedBy(GROWTH);
        if (gap.compareTo(DiscoveryLimits.QUERY_GAP) > 0) {
            gap = DiscoveryLimits.QUERY_GAP;
        }
    }
}
