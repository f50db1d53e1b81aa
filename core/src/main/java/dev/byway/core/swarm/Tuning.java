package dev.byway.core.swarm;

import java.time.Duration;

/**
 * The numbers of a download, each with the reason for its size in {@code docs/swarm.md}.
 *
 * @param meeting how long neighbours have to say what they hold before anything is fetched from outside
 * @param word how long after the last of them said something, as what they hold follows what they want
 * @param dialling the same while neighbours are being dialled, or the coordinator is being asked who there is
 * @param silence a peer's transfer without a byte for this long is given up
 * @param stall with no byte from any peer for this long, held pieces may be fetched from outside too
 * @param turn how long the next device in rank waits for the one before it
 * @param outsidePieceTime the time one piece should take from outside; decides how many are fetched at once
 * @param minFetchers pieces fetched from outside at once by all neighbours together, at the least
 * @param outsideTransfers requests that one device has at one outside source among neighbours
 * @param minWindow bytes asked of a peer at once, at the least
 * @param maxWindow bytes asked of a peer at once, at the most
 * @param leasesPerPeer leases of one peer that are honoured at once
 * @param maxLease longest lease that is honoured
 * @param relayFrom with as many neighbours, word of their claims is passed on
 * @param strikes broken leases, or silent transfers in a row, after which a peer's word counts no more
 * @param leaveAlone bytes a second with which peers of other sites are left alone, see {@link TopUp}
 * @param giveUp with no source for the missing pieces for this long, the download fails
 */
public record Tuning(
        Duration meeting,
        Duration word,
        Duration dialling,
        Duration silence,
        Duration stall,
        Duration turn,
        Duration outsidePieceTime,
        int minFetchers,
        int outsideTransfers,
        int minWindow,
        int maxWindow,
        int leasesPerPeer,
        Duration maxLease,
        int relayFrom,
        int strikes,
        long leaveAlone,
        Duration giveUp) {
    /** The numbers used by the agent. */
    public static final Tuning DEFAULT = new Tuning(
            Duration.ofMillis(300),
            Duration.ofMillis(20),
            Duration.ofMillis(1500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMillis(400),
            Duration.ofMillis(1500),
            3,
            2,
            256 * 1024,
            8 * 1024 * 1024,
            2,
            Duration.ofSeconds(60),
            16,
            2,
            2500 * 1024,
            Duration.ofSeconds(60));

    /** The same with another rate with which peers of other sites are left alone, in bytes a second. */
    public Tuning leavingAlone(long rate) {
        return new Tuning(
                meeting,
                word,
                dialling,
                silence,
                stall,
                turn,
                outsidePieceTime,
                minFetchers,
                outsideTransfers,
                minWindow,
                maxWindow,
                leasesPerPeer,
                maxLease,
                relayFrom,
                strikes,
                rate,
                giveUp);
    }
}
