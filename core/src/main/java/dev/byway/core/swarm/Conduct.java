package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import java.time.Duration;

/** How one device, or one address of devices that nobody vouches for, behaved in one download. */
final class Conduct {
    private static final int MOST_DOUBLINGS = 6;

    int badPieces;
    int brokenLeases;
    int brokenRelays;
    boolean banned;
    int doubts;
    Moment doubtedUntil = Moment.ZERO;
    /** The last stretch of {@link Patience} in which it held something that is missing. */
    int offeredIn;

    private int present;

    /** What it says it holds is not relied on for a while, longer each time. */
    void doubt(Duration least, Moment now) {
        doubtedUntil = now.plus(least.multipliedBy(1L << Math.min(doubts, MOST_DOUBLINGS)));
        doubts++;
    }

    void joined() {
        present++;
    }

    void left() {
        present--;
    }

    boolean isPresent() {
        return present > 0;
    }

    /** Whether it sent something wrong, or worse. */
    boolean isGuilty() {
        return banned || badPieces > 0;
    }

    boolean isClean() {
        return !isGuilty() && brokenLeases == 0 && brokenRelays == 0 && doubts == 0;
    }
}
