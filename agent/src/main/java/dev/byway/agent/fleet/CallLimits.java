package dev.byway.agent.fleet;

import java.time.Duration;

/**
 * How long the coordinator may keep a caller waiting.
 *
 * @param connect for one TCP connection and its handshake
 * @param call for a whole call, over all URLs and attempts: no caller is blocked longer
 * @param firstPause after a call that failed, during which calls fail at once
 * @param longestPause to which the pause doubles with each failure in a row
 */
public record CallLimits(Duration connect, Duration call, Duration firstPause, Duration longestPause) {
    /** Three and five seconds; pauses of one to fifteen seconds. */
    public static final CallLimits DEFAULT =
            new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(15));

    /** Ten and twenty seconds: for who can do nothing without the answer, and who says so when there is none. */
    public static final CallLimits PATIENT = new CallLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(15));
}
