package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How long it is waited for what neighbours say they hold. As long as they bring enough together, all of them are relied on,
 * busy ones too. In a stretch in which they did not, whoever claimed to hold what is missing is doubted: it is
 * neither asked nor waited for, as if it held nothing. A doubt lasts twice as long each time, so that whatever liars do, they cost one
 * stretch each time and ever more rarely; it makes no difference whether they say nothing, say that they are busy, send drop
 * by drop, or go away and come back.
 */
final class Patience {
    /** Together they should bring at least this part of what one request outside brings. */
    static final int SHARE = 8;

    private final Duration stretch;
    private final List<Conduct> offered = new ArrayList<>();
    private int stretches = 1;
    private Duration waited = Duration.ZERO;
    private Moment lastLook = Moment.ZERO;
    private boolean waiting;
    private long brought;

    Patience(Duration stretch) {
        this.stretch = stretch;
    }

    /** A neighbour brought something. */
    void brought(long bytes) {
        brought += bytes;
    }

    /**
     * Looks how it goes.
     *
     * @param offering who says now that it holds what is missing
     * @param enough bytes that all together should bring in a stretch
     * @return who is doubted from now on
     */
    List<Conduct> look(Collection<Conduct> offering, long enough, Moment now) {
        waited = waiting ? waited.plus(now.since(lastLook)) : waited;
        lastLook = now;
        waiting = !offering.isEmpty();
        for (Conduct conduct : offering) {
            if (conduct.offeredIn != stretches) {
                conduct.offeredIn = stretches;
                offered.add(conduct);
            }
        }
        if (waited.compareTo(stretch) < 0) {
            return List.of();
        }
        List<Conduct> late = brought < enough ? List.copyOf(offered) : List.of();
        if (late.isEmpty()) {
            offered.forEach(conduct -> conduct.doubts = 0);
        }
        for (Conduct conduct : late) {
            conduct.doubt(stretch, now);
        }
        offered.clear();
        stretches++;
        waited = Duration.ZERO;
        brought = 0;
        return late;
    }
}
