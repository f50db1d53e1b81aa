package dev.byway.teredo.client;

import dev.byway.teredo.Allowance;
import java.time.Duration;

/**
 * Every limit and time of a client.
 *
 * @param asking the server
 * @param opening ways to peers
 * @param keeping them open
 * @param answering others
 * @param examining the NAT
 * @param peers what is remembered of them
 */
public record ClientLimits(
        Asking asking, Opening opening, Keeping keeping, Answering answering, Examining examining, Table peers) {
    /** What agents use. */
    public static final ClientLimits STANDARD = new ClientLimits(
            new Asking(
                    Duration.ofMillis(500),
                    4,
                    2,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30)),
            new Opening(Duration.ofSeconds(2), 4),
            new Keeping(Duration.ofSeconds(30), Duration.ofSeconds(25)),
            new Answering(
                    new Allowance(Duration.ofSeconds(2), 8),
                    new Allowance(Duration.ofSeconds(1), 8),
                    new Allowance(Duration.ofSeconds(1), 2),
                    new Allowance(Duration.ofMillis(200), 5)),
            new Examining(Duration.ofSeconds(2), Duration.ofSeconds(5), 2, Duration.ofMillis(500)),
            new Table(1024, Duration.ofMinutes(5)));

    /**
     * Of the server.
     *
     * @param firstTimeout until a solicitation is sent again; doubles. RFC 4380 section 5.2.1 has 4 s; servers answer in milliseconds
     * @param solicitations that are sent before the server is given up
     * @param crosswise solicitations that are sent for an answer from the other address, which most NATs keep out
     * @param firstRetry until a server that was given up is asked again; doubles
     * @param lastRetry the longest such time
     * @param refresh RFC 4380 section 5.2: the mapping is refreshed after three quarters of this to the whole, by chance
     */
    public record Asking(
            Duration firstTimeout,
            int solicitations,
            int crosswise,
            Duration firstRetry,
            Duration lastRetry,
            Duration refresh) {}

    /**
     * Of ways.
     *
     * @param gap RFC 4380 section 5.2.6: between two tries to open the way to a peer
     * @param tries before it is given up
     */
    public record Opening(Duration gap, int tries) {}

    /**
     * Of open ways.
     *
     * @param fresh RFC 4380 section 5.2.4: how long after its last packet a peer is known to be where it was
     * @param silence after three quarters of this to the whole, by chance, the peer of a kept way is asked for a sign of life: less
     *     than the 30 s after which some NATs forget, and more than 16 s, so that a device with one idle link sends less than a packet
     *     in ten seconds
     */
    public record Keeping(Duration fresh, Duration silence) {}

    /**
     * Of what is sent because others sent something.
     *
     * @param bubbles to one peer. Four in five minutes (RFC 4380 section 5.2.6) would leave a pair dead for that long after a network
     *     has healed
     * @param strangers bubbles to others than Teredo clients, in all
     * @param echoes echo replies to one peer
     * @param echoesInAll echo replies to all
     */
    public record Answering(Allowance bubbles, Allowance strangers, Allowance echoes, Allowance echoesInAll) {}

    /**
     * Of the NAT.
     *
     * @param patience for a packet that may be kept out
     * @param longest of an examination
     * @param hairpins bubbles to the own mapping
     * @param hairpinGap between them
     */
    public record Examining(Duration patience, Duration longest, int hairpins, Duration hairpinGap) {}

    /**
     * Of memory.
     *
     * @param size peers that are remembered
     * @param forgotten how long after its last packet a peer is
     */
    public record Table(int size, Duration forgotten) {}
}
