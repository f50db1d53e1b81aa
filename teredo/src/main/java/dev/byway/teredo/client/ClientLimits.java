package dev.byway.teredo.client;

import dev.byway.teredo.Allowance;
import java.time.Duration;

/**
 * Every limit and time of a client.
 *
 * @param firstTimeout until a solicitation is sent again; doubles. RFC 4380 section 5.2.1 has 4 s; servers answer in milliseconds
 * @param solicitations that are sent before the server is given up
 * @param firstRetry until a server that was given up is asked again; doubles
 * @param lastRetry the longest such time
 * @param refresh RFC 4380 section 5.2: the mapping is refreshed after three quarters of this to the whole, by chance
 * @param bubbleGap RFC 4380 section 5.2.6: between two tries to open the way to a peer
 * @param tries of opening a way before it is given up (section 5.2.6)
 * @param answers bubbles sent to one peer because of what came in its name. The RFC's four in five minutes would leave a pair dead for
 *     that long after a network has healed
 * @param strangers bubbles sent because of others than Teredo clients, in all
 * @param fresh section 5.2.4: how long after its last packet a peer is known to be where it was
 * @param peers that are remembered
 * @param forgotten how long after its last packet a peer is
 */
public record ClientLimits(
        Duration firstTimeout,
        int solicitations,
        Duration firstRetry,
        Duration lastRetry,
        Duration refresh,
        Duration bubbleGap,
        int tries,
        Allowance answers,
        Allowance strangers,
        Duration fresh,
        int peers,
        Duration forgotten) {
    /** What agents use. */
    public static final ClientLimits STANDARD = new ClientLimits(
            Duration.ofMillis(500),
            4,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            4,
            new Allowance(Duration.ofSeconds(2), 8),
            new Allowance(Duration.ofSeconds(1), 8),
            Duration.ofSeconds(30),
            1024,
            Duration.ofMinutes(5));
}
