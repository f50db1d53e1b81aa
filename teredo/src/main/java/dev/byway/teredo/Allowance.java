package dev.byway.teredo;

import dev.byway.core.unit.Moment;
import java.time.Duration;

/**
 * So many at once, and one more after each gap: the generic cell rate algorithm, whose whole state is one moment.
 *
 * @param gap between two in the long run
 * @param burst as many may come at once
 */
public record Allowance(Duration gap, int burst) {
    /** So many a second, twice as many at once. */
    public static Allowance perSecond(int rate) {
        return new Allowance(Duration.ofNanos(1_000_000_000L / rate), 2 * rate);
    }

    /** Whether one more fits now, when {@code full} is the state. */
    public boolean fits(Moment full, Moment now) {
        return !full.isAfter(now.plus(gap.multipliedBy(burst - 1L)));
    }

    /** The state after one more. */
    public Moment after(Moment full, Moment now) {
        return (full.isBefore(now) ? now : full).plus(gap);
    }
}
