package dev.byway.agent.api;

import java.time.Duration;

/**
 * Times and counts of the local API.
 *
 * @param patience how long a job lives after its client was last seen
 * @param heartbeat longest silence of an event stream
 * @param eventGap shortest time between two events of one stream
 * @param longestWait of one long poll
 * @param eventStreams open at once, at the most
 */
record DoorLimits(Duration patience, Duration heartbeat, Duration eventGap, Duration longestWait, int eventStreams) {
    static final DoorLimits DEFAULT = new DoorLimits(
            Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofSeconds(30), 64);
}
