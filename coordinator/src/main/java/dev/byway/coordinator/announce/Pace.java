package dev.byway.coordinator.announce;

import dev.byway.core.fleet.FleetLimits;
import java.time.Duration;

/**
 * How often devices announce. A device without a peer for something it wants comes back soon; one that only serves, rarely;
 * and with many devices all come back less often, so that together they stay below {@link #ANNOUNCEMENTS_PER_SECOND}.
 */
final class Pace {
    static final Duration SEARCHING = Duration.ofSeconds(10);
    static final Duration FETCHING = Duration.ofSeconds(30);
    static final Duration SERVING = Duration.ofMinutes(2);
    static final int ANNOUNCEMENTS_PER_SECOND = 1000;

    private static final Duration GRACE = Duration.ofSeconds(10);

    private Pace() {}

    static Duration interval(boolean wants, boolean found, int visitors) {
        Duration wish = !wants ? SERVING : found ? FETCHING : SEARCHING;
        Duration load = Duration.ofMillis(1000L * visitors / ANNOUNCEMENTS_PER_SECOND);
        Duration longer = load.compareTo(wish) > 0 ? load : wish;
        return longer.compareTo(FleetLimits.LONGEST_INTERVAL) > 0 ? FleetLimits.LONGEST_INTERVAL : longer;
    }

    /** How long a device is remembered that was told this interval. */
    static Duration memory(Duration interval) {
        return interval.multipliedBy(3).plus(GRACE);
    }
}
