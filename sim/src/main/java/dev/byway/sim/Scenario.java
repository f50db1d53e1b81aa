package dev.byway.sim;

import java.time.Duration;
import java.util.Optional;

/**
 * One office to be simulated, or several that are one fleet.
 *
 * @param devices honest devices that want the content, of all offices
 * @param bytes length of the content
 */
public record Scenario(int devices, long bytes, Network network, Meeting meeting, Liars liars, Trouble trouble) {
    /**
     * The cables.
     *
     * @param linkMegabits rate of each device's cable, each way
     * @param uplinkMegabits rate of each office's line, each way, shared by all in it
     * @param latency from a device's decision to another's knowing of it; long where processors are busy
     * @param sites offices, each with a line of its own; devices go to them in turn
     * @param between what the way between two offices adds to the latency
     */
    public record Network(double linkMegabits, double uplinkMegabits, Duration latency, int sites, Duration between) {}

    /**
     * How devices come together.
     *
     * @param maxLinks neighbours of one device at the most
     * @param within the longest time until two devices have found each other and linked
     * @param arrivals devices start at random within this time
     */
    public record Meeting(int maxLinks, Duration within, Duration arrivals) {}

    /**
     * Enemies among the neighbours.
     *
     * @param poisoners devices that claim everything and send wrong bytes
     * @param silent devices that claim everything and never send
     * @param claimers devices that claim intents for everything and never fetch
     */
    public record Liars(int poisoners, int silent, int claimers) {
        static final Liars NONE = new Liars(0, 0, 0);
    }

    /**
     * What breaks.
     *
     * @param crashes times that some honest device is killed and started again with what was durable
     * @param vanishing honest devices that leave for good half-way
     * @param originDies when the origin stops answering, if it does
     */
    public record Trouble(int crashes, int vanishing, Optional<Duration> originDies) {
        static final Trouble NONE = new Trouble(0, 0, Optional.empty());
    }

    /** All start at once; nobody lies, nothing breaks. */
    public static Scenario flashCrowd(int devices, long bytes, double linkMegabits, double uplinkMegabits) {
        return new Scenario(
                devices,
                bytes,
                new Network(linkMegabits, uplinkMegabits, Duration.ofNanos(300_000), 1, Duration.ZERO),
                new Meeting(32, Duration.ofMillis(1200), Duration.ZERO),
                Liars.NONE,
                Trouble.NONE);
    }

    /** The same where word takes so long from one device to another. */
    public Scenario withLatency(Duration latency) {
        Network slow =
                new Network(network.linkMegabits, network.uplinkMegabits, latency, network.sites, network.between);
        return new Scenario(devices, bytes, slow, meeting, liars, trouble);
    }

    /** The same devices in several offices, each with such a line. */
    public Scenario acrossSites(int sites, Duration between) {
        Network wide = new Network(network.linkMegabits, network.uplinkMegabits, network.latency, sites, between);
        return new Scenario(devices, bytes, wide, meeting, liars, trouble);
    }

    /** The same with enemies among the neighbours. */
    public Scenario withLiars(int poisoners, int silent, int claimers) {
        return new Scenario(devices, bytes, network, meeting, new Liars(poisoners, silent, claimers), trouble);
    }

    /** The same with devices that crash or leave. */
    public Scenario withTrouble(int crashes, int vanishing) {
        Trouble more = new Trouble(crashes, vanishing, trouble.originDies);
        return new Scenario(devices, bytes, network, meeting, liars, more);
    }

    /** The same with devices that come one by one within this time. */
    public Scenario withArrivals(Duration arrivals) {
        Meeting scattered = new Meeting(meeting.maxLinks, meeting.within, arrivals);
        return new Scenario(devices, bytes, network, scattered, liars, trouble);
    }

    /** The same with an origin that stops answering. */
    public Scenario withOriginDying(Duration after) {
        Trouble more = new Trouble(trouble.crashes, trouble.vanishing, Optional.of(after));
        return new Scenario(devices, bytes, network, meeting, liars, more);
    }

    /** The time the file needs on an office's line: no device can be done sooner without a local copy. */
    public double idealSeconds() {
        double cables = network.linkMegabits * devices / network.sites;
        return bytes * 8 / (Math.min(network.uplinkMegabits, cables) * 1e6);
    }
}
