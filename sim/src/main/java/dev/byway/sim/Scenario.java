package dev.byway.sim;

import java.time.Duration;
import java.util.Optional;

/**
 * One office to be simulated.
 *
 * @param devices honest devices that want the content
 * @param bytes length of the content
 * @param linkMegabits rate of each device's cable, each way
 * @param uplinkMegabits rate of the office's line, inbound, shared by all
 * @param maxLinks neighbours of one device at the most
 * @param meet the longest time until two devices have found each other and linked
 * @param arrivals devices start at random within this time
 * @param poisoners devices that claim everything and send wrong bytes
 * @param silent devices that claim everything and never send
 * @param claimers devices that claim intents for everything and never fetch
 * @param crashes times that some honest device is killed and started again with what was durable
 * @param vanishing honest devices that leave for good half-way
 * @param originDies when the origin stops answering, if it does
 */
public record Scenario(
        int devices,
        long bytes,
        double linkMegabits,
        double uplinkMegabits,
        int maxLinks,
        Duration meet,
        Duration arrivals,
        int poisoners,
        int silent,
        int claimers,
        int crashes,
        int vanishing,
        Optional<Duration> originDies) {
    /** All start at once; nobody lies, nothing breaks. */
    public static Scenario flashCrowd(int devices, long bytes, double linkMegabits, double uplinkMegabits) {
        return new Scenario(
                devices,
                bytes,
                linkMegabits,
                uplinkMegabits,
                32,
                Duration.ofMillis(1200),
                Duration.ZERO,
                0,
                0,
                0,
                0,
                0,
                Optional.empty());
    }

    /** The same with enemies among the neighbours. */
    public Scenario withLiars(int poisoners, int silent, int claimers) {
        return new Scenario(
                devices,
                bytes,
                linkMegabits,
                uplinkMegabits,
                maxLinks,
                meet,
                arrivals,
                poisoners,
                silent,
                claimers,
                crashes,
                vanishing,
                originDies);
    }

    /** The same with devices that crash, leave or come late. */
    public Scenario withTrouble(int crashes, int vanishing, Duration arrivals) {
        return new Scenario(
                devices,
                bytes,
                linkMegabits,
                uplinkMegabits,
                maxLinks,
                meet,
                arrivals,
                poisoners,
                silent,
                claimers,
                crashes,
                vanishing,
                originDies);
    }

    /** The time the file needs on the office's line: no device can be done sooner without a local copy. */
    public double idealSeconds() {
        return bytes * 8 / (Math.min(uplinkMegabits, linkMegabits * devices) * 1e6);
    }
}
