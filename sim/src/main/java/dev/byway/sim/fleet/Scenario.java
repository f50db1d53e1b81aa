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
            Optional<Double> request) {
        /** The same where word takes so long. */
        public Network withLatency(Duration other) {
            return new Network(sites, line, other, between, loss, queue, cache, request);
        }

        /** The same in so many sites, that far from each other. */
        public Network across(int count, Duration apart) {
            return new Network(count, line, latency, apart, loss, queue, cache, request);
        }

        /** The same where packets are lost, and word waits behind bytes. */
        public Network trembling(double lost, Duration waits) {
            return new Network(sites, line, latency, between, lost, waits, cache, request);
        }

        /** The same with a cache host of so many megabits a second in each site. */
        public Network withCache(double megabits) {
            return new Network(sites, line, latency, between, loss, queue, Optional.of(megabits), request);
        }
    }

    /**
     * How devices come together.
     *
     * @param maxLinks up to which a device dials others; it takes twice as many
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
     * @param lasts how long the coming and going lasts; without it, what a run is given at the least
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

        /** The same with so many crashes, and so many that leave. */
        public Trouble breaking(int crashing, int leaving) {
            return new Trouble(crashing, leaving, originDies, coordinatorDies, stay, drift, lasts);
        }

        /** The same with an origin that stops answering then. */
        public Trouble withoutOrigin(Duration after) {
            return new Trouble(crashes, vanishing, Optional.of(after), coordinatorDies, stay, drift, lasts);
        }

        /** The same with a coordinator that stops answering then. */
        public Trouble withoutCoordinator(Duration after) {
            return new Trouble(crashes, vanishing, originDies, Optional.of(after), stay, drift, lasts);
        }

        /** The same with coming and going for so long. */
        public Trouble churning(Duration stays, Duration time) {
            return new Trouble(crashes, vanishing, originDies, coordinatorDies, Optional.of(stays), drift, time);
        }

        /** The same with clocks that are off by this part at most. */
        public Trouble drifting(double part) {
            return new Trouble(crashes, vanishing, originDies, coordinatorDies, stay, part, lasts);
        }
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
        return with(network.withLatency(latency));
    }

    /** The same devices in several sites, each with such a line. */
    public Scenario acrossSites(int sites, Duration between) {
        return with(network.across(sites, between));
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
        return with(trouble.breaking(crashes, vanishing));
    }

    /** The same with devices that come one by one within this time. */
    public Scenario withArrivals(Duration arrivals) {
        return with(new Meeting(meeting.maxLinks, meeting.within, meeting.far, arrivals));
    }

    /** The same with an origin that stops answering. */
    public Scenario withOriginDying(Duration after) {
        return with(trouble.withoutOrigin(after));
    }

    /** When the run ends, whatever is not done then: a download that takes twenty times as long as it need hangs. */
    Duration longest() {
        Duration most = Duration.ofMillis((long) (20_000 * idealSeconds()));
        return trouble.stay.isPresent() || most.compareTo(trouble.lasts) < 0 ? trouble.lasts : most;
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
