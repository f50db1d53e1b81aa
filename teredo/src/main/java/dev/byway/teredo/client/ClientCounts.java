package dev.byway.teredo.client;

import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.UdpAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What has happened to a client since it began.
 *
 * @param asked solicitations that were sent to the server's first address
 * @param answered those that it answered
 * @param burst the last that were sent at once
 * @param roundTrip how long the last answer took
 * @param elsewhere from where an answer last came that should have come from the address that was asked
 * @param opened ways that opened, or were found to lead elsewhere
 * @param missed ways that were wanted and not found
 * @param lost ways that were kept and are open no more
 * @param dropped datagrams, by the rule that they broke
 */
public record ClientCounts(
        long asked,
        long answered,
        Burst burst,
        Optional<Duration> roundTrip,
        Optional<UdpAddress> elsewhere,
        long opened,
        long missed,
        long lost,
        Map<Rule, Long> dropped) {
    public ClientCounts {
        dropped = Map.copyOf(dropped);
    }

    /**
     * Solicitations that were sent at once; these are not counted elsewhere.
     *
     * @param sent 0 when none ever was
     * @param answered of them, so far
     */
    public record Burst(int sent, int answered) {}
}
