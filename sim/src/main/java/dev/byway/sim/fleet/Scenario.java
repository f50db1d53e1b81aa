package dev.byway.sim.fleet;

import dev.byway.core.swarm.Tuning;
import dev.byway.sim.net.Grain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fleet to be simulated: one site or several.
 *
 * @param bytes length of the content
 * @param tuning the numbers of the rules under test
 */
public record Scenario(
        long bytes, List<Group> groups, Network network, Meeting meeting, Trouble trouble, Grain grain, Tuning tuning) {
    /**
     * The cables.
     *
     * @param sites each with a line of its own
     * @param line what all of a site share
     * @param latency from a device's decision to another's knowing of it; long where processors are busy
     * @param between what the way between two sites adds to the latency
     * @param loss part of packets that are lost between sites and from outside
     * @param queue how long word waits behind bytes in a full queue, at most
     * @param cache rate of a cache host in each site, in megabits a second, if there is one
     * @param request rate of one request to the origin, in megabits a second, if it limits them
     */
    public record Network(
            int sites,
            Cable line,
            Duration latency,
            Duration between,
            double loss,
            Duration queue,
            Optional<Double> cache,
            Optional<Double> request) {}

    /**
     * How devices come together.
     *
     * @param maxLinks neighbours of one device at the most
     * @param within the longest time until two devices of a site have found each other and linked
     * @param far devices of other sites that the coordinator names to each
     * @param arrivals devices start at random within this time
     */
    public record Meeting(int maxLinks, Duration within, int far, Duration arrivals) {}

    /**
     * What breaks.
     *
     * @param crashes times that some honest device is killed and started again with what was durable
     * @param vanishing honest devices that leave for good half-way
     * @param originDies when the origin stops answering, if it does
     * @param coordinatorDies when nobody is told of other sites any more, if that happens
     * @param stay how long a device stays after it is done before it leaves and somebody new comes, if they do
     * @param drift part by which a device's clock is fast or slow, at most
     * @param lasts the longest time that the run may last
     */
    public record Trouble(
            int crashes,
            int vanishing,
            Optional<Duration> originDies,
            Optional<Duration> coordinatorDies,
            Optional<Duration> stay,
            double drift,
            Duration lasts) {
        static final Trouble NONE =
                new Trouble(0, 0, Optional.empty(), Optional.empty(), Optional.empty(), 0, Duration.ofHours(1));
    }

    /** All start at once; nobody lies, nothing breaks. */
    public static Scenario flashCrowd(int devices, long bytes, double linkMegabits, double uplinkMegabits) {
        return new Scenario(
                bytes,
                List.of(Group.of(devices, Cable.of(linkMegabits))),
                new Network(
                        1,
                        Cable.of(uplinkMegabits),
                        Duration.ofNanos(300_000),
                        Duration.ZERO,
                        0,
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty()),
                new Meeting(32, Duration.ofMillis(1200), Integer.MAX_VALUE, Duration.ZERO),
                Trouble.NONE,
                Grain.FINE,
                Tuning.DEFAULT);
    }

    /** Devices of all groups. */
    public int devices() {
        return groups.stream().mapToInt(Group::devices).sum();
    }

    /** Devices that have to get the content: those that want it, do not leave, and have room. */
    public int mustFinish() {
        return groups.stream()
                        .filter(group ->
                                group.behaviour().downloads() && group.disk().room() >= 1)
                        .mapToInt(Group::devices)
                        .sum()
                - trouble.vanishing();
    }

    /** Devices of the first group. */
    private Group first() {
        return groups.getFirst();
    }

    /** The same with one more group. */
    public Scenario with(Group more) {
        List<Group> all = new ArrayList<>(groups);
        all.add(more);
        return withGroups(all);
    }

    /** The same with these groups alone. */
    public Scenario withGroups(List<Group> all) {
        return new Scenario(bytes, List.copyOf(all), network, meeting, trouble, grain, tuning);
    }

    /** The same with a content of another length. */
    public Scenario withBytes(long other) {
        return new Scenario(other, groups, network, meeting, trouble, grain, tuning);
    }

    /** The same with another network. */
    public Scenario with(Network other) {
        return new Scenario(bytes, groups, other, meeting, trouble, grain, tuning);
    }

    /** The same where devices come together differently. */
    public Scenario with(Meeting other) {
        return new Scenario(bytes, groups, network, other, trouble, grain, tuning);
    }

    /** The same where other things break. */
    public Scenario with(Trouble other) {
        return new Scenario(bytes, groups, network, meeting, other, grain, tuning);
    }

    /** The same with other numbers in the rules. */
    public Scenario with(Tuning other) {
        return new Scenario(bytes, groups, network, meeting, trouble, grain, other);
    }

    /** The same in finer or coarser steps. */
    public Scenario with(Grain other) {
        return new Scenario(bytes, groups, network, meeting, trouble, other, tuning);
    }

    /** The same where word takes so long from one device to another. */
    public Scenario withLatency(Duration latency) {
        Network n = network;
        return with(new Network(n.sites, n.line, latency, n.between, n.loss, n.queue, n.cache, n.request));
    }

    /** The same devices in several sites, each with such a line. */
    public Scenario acrossSites(int sites, Duration between) {
        Network n = network;
        return with(new Network(sites, n.line, n.latency, between, n.loss, n.queue, n.cache, n.request));
    }

    /** The same with enemies among the neighbours. */
    public Scenario withLiars(int poisoners, int silent, int claimers) {
        Cable cable = first().cable();
        return with(Group.of(poisoners, cable).that(Behaviour.POISONER))
                .with(Group.of(silent, cable).that(Behaviour.SILENT))
                .with(Group.of(claimers, cable).that(Behaviour.CLAIMER));
    }

    /** The same with devices that crash or leave. */
    public Scenario withTrouble(int crashes, int vanishing) {
        Trouble t = trouble;
        return with(new Trouble(crashes, vanishing, t.originDies, t.coordinatorDies, t.stay, t.drift, t.lasts));
    }

    /** The same with devices that come one by one within this time. */
    public Scenario withArrivals(Duration arrivals) {
        return with(new Meeting(meeting.maxLinks, meeting.within, meeting.far, arrivals));
    }

    /** The same with an origin that stops answering. */
    public Scenario withOriginDying(Duration after) {
        Trouble t = trouble;
        return with(
                new Trouble(t.crashes, t.vanishing, Optional.of(after), t.coordinatorDies, t.stay, t.drift, t.lasts));
    }

    /**
     * No fleet can be done sooner: the file has to come through a site's line once, and all copies of it through that line and
     * the ways out of the devices.
     */
    public double idealSeconds() {
        double sites = network.sites;
        double down = 0;
        double up = 0;
        double wanting = 0;
        for (Group group : groups) {
            boolean wants = group.behaviour().downloads() && !group.holds();
            down += wants ? group.devices() * group.cable().down() / sites : 0;
            up += group.behaviour() == Behaviour.HONEST
                    ? group.devices() * group.cable().up() / sites
                    : 0;
            wanting += wants ? group.devices() / sites : 0;
        }
        double once = bytes * 8 / (Math.min(network.line.down(), down) * 1e6);
        double all = wanting * bytes * 8 / ((network.line.down() + up) * 1e6);
        return Math.max(once, all);
    }
}
