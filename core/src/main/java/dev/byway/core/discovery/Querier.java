package dev.byway.core.discovery;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a query goes out on one link: at once, then after growing gaps (RFC 6762 section 5.2), and sooner when a
 * neighbour has to be asked for. When another device asks the same, that counts as asked (section 7.3), so a link with
 * a thousand devices carries about as many queries as one with two.
 */
final class Querier {
    private static final int GROWTH = 3;
    private static final int JITTER_PARTS = 10;

    private Moment scheduled;
    private Moment earliest;
    private Duration gap = DiscoveryLimits.FIRST_QUERY_GAP;

    Querier(Moment now) {
        scheduled = now;
        earliest = now;
    }

    /** When to ask next, if a neighbour is to be asked for at {@code wanted}. */
    Moment next(Moment wanted) {
        return Moment.min(scheduled, wanted.isBefore(earliest) ? earliest : wanted);
    }

    /** Another device asked the same, or this device's own query came back. */
    void overheard(Moment now, RandomGenerator random) {
        if (!now.isBefore(earliest)) {
            asked(now, random);
        }
    }

    /** A query was sent. */
    void asked(Moment now, RandomGenerator random) {
        earliest = now.plus(DiscoveryLimits.SEND_GAP);
        scheduled = now.plus(gap).plusNanos(random.nextLong(gap.toNanos() / JITTER_PARTS));
        gap = gap.multipliedBy(GROWTH);
        if (gap.compareTo(DiscoveryLimits.QUERY_GAP) > 0) {
            gap = DiscoveryLimits.QUERY_GAP;
        }
    }
}
