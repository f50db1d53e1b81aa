package dev.byway.sim.nat;

import java.time.Duration;

/**
 * What happens to packets on their way. Each takes its own time, so they overtake each other.
 *
 * @param loss the part of all that is lost, 0 to 1
 * @param twice the part that arrives twice
 * @param damaged the part of which a damaged copy arrives as well
 * @param least the shortest time a packet takes
 * @param most the longest
 */
public record Weather(double loss, double twice, double damaged, Duration least, Duration most) {
    /** Nothing happens. */
    public static final Weather CALM = new Weather(0, 0, 0, Duration.ofMillis(20), Duration.ofMillis(20));
}
