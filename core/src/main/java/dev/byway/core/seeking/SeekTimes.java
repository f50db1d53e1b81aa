package dev.byway.core.seeking;

import java.time.Duration;

/**
 * How long a device that seeks a file waits for what. A liar costs each neighbour no more than these times.
 *
 * @param company for neighbours that may be met soon, from the beginning on
 * @param answer for a neighbour's first word, from the question on
 * @param turn for the neighbour whose turn it is to say that it fetches; then it is the next one's
 * @param stall for new bytes at a neighbour that fetches
 * @param start during which a neighbour that fetches may be slower than {@code leastRate}
 * @param leastRate in bytes a second, which a neighbour that fetches has to bring on the whole to be waited for
 * @param confirmRate in bytes a second, which a neighbour that has all bytes hashes and keeps them with
 */
public record SeekTimes(
        Duration company,
        Duration answer,
        Duration turn,
        Duration stall,
        Duration start,
        long leastRate,
        long confirmRate) {
    /** The numbers used by the agent. */
    public static final SeekTimes DEFAULT = new SeekTimes(
            Duration.ofMillis(1500),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            256 * 1024,
            32 << 20);
}
