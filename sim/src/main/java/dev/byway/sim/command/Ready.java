package dev.byway.sim.command;

import dev.byway.sim.fleet.Behaviour;
import dev.byway.sim.fleet.Cable;
import dev.byway.sim.fleet.Disk;
import dev.byway.sim.fleet.Group;
import dev.byway.sim.fleet.Scenario;
import dev.byway.sim.net.Grain;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Scenarios that have a name. */
public enum Ready {
    FLASH_CROWD("all start at once: cables of 20 Mbit/s, a line of 10, 50 MB", 20),
    THIN_LINE("all start at once behind a thin line: cables of 4 Mbit/s, a line of 2, 10 MB", 20),
    OFFICE_MORNING("devices are switched on within five minutes: 1 Gbit/s, a line of 50 Mbit/s, 256 MB", 60),
    ROLLING_CHURN(
            "who is done leaves after some minutes, and somebody new comes: 100 and 20 Mbit/s, 64 MB, half an hour",
            40),
    BRANCH_OFFICES("100 sites behind lines of 20 Mbit/s share with each other: 1 Gbit/s inside, 64 MB", 1000),
    POISONED_HALF(
            "as many enemies as honest devices, of every kind, half of them send wrong bytes: 50 and 20 Mbit/s, 32 MB",
            20),
    COORDINATOR_GONE(
            "8 sites, and nobody is told of other sites after five seconds, while devices come for a minute: 64 MB",
            40),
    THIN_WIFI(
            "30 Mbit/s down and 15 up, 1 % of packets lost between sites, word waits behind bytes: a line of 50, 32 MB",
            12),
    MIXED_SPEEDS("one device of 10 Mbit/s among others of 1 Gbit/s: a line of 100 Mbit/s, 128 MB", 16),
    SLOW_NEIGHBOUR("the only other device that has it sits behind 1 Mbit/s in another site; the line has 50: 32 MB", 2),
    FREE_RIDERS("a third of the devices take and give nothing, most of them say so: 50 and 20 Mbit/s, 32 MB", 21),
    BAD_DISKS("slow disks, one that is full half-way, one that damages pieces: 100 and 20 Mbit/s, 32 MB", 12),
    CACHE_HOST("a cache host of 1 Gbit/s in the site: 100 and 20 Mbit/s, 64 MB", 20),
    DAY("a day of coming and going, clocks that drift, now and then a crash: 100 and 20 Mbit/s, 16 MB", 30),
    HUGE("200 GB among a few, by arithmetic: 1 Gbit/s and a line of 1 Gbit/s", 4),
    FLEET(
            "a hundred devices in each site, cables of 1 Gbit/s, lines of 100 Mbit/s, a few links between sites: 256 pieces",
            1000),
    RANDOM("a small fleet with every kind of trouble, all of it made from the seed", 0);

    private static final long MB = 1 << 20;

    private final String says;
    private final int devices;

    Ready(String says, int devices) {
        this.says = says;
        this.devices = devices;
    }

    /** Its name on the command line, for example {@code flash-crowd}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One line for people. */
    public String says() {
        return says;
    }

    /** Devices if nothing else is asked for; 0 where the seed says. */
    public int devices() {
        return devices;
    }

    /** The scenario with so many devices; {@link #RANDOM} takes everything from the seed. */
    public Scenario scenario(int n, long seed) {
        return switch (this) {
            case FLASH_CROWD -> crowd(n, 50, 20, 10);
            case THIN_LINE -> crowd(n, 10, 4, 2);
            case OFFICE_MORNING -> crowd(n, 256, 1000, 50).withArrivals(Duration.ofMinutes(5));
            case ROLLING_CHURN ->
                churn(crowd(n, 64, 100, 20).withArrivals(Duration.ofMinutes(2)), 2, Duration.ofMinutes(30));
            case BRANCH_OFFICES -> sites(crowd(n, 64, 1000, 20), Math.max(1, Math.min(100, n / 2)), 16);
            case POISONED_HALF -> crowd(n, 32, 50, 20).withLiars(n / 2, n / 4, n - n / 2 - n / 4);
            case COORDINATOR_GONE ->
                coordinatorGone(sites(crowd(n, 64, 1000, 20), 8, 16).withArrivals(Duration.ofMinutes(1)));
            case THIN_WIFI -> wifi(crowd(n, 32, 30, 50));
            case MIXED_SPEEDS -> crowd(n - 1, 128, 1000, 100).with(Group.of(1, Cable.of(10)));
            case SLOW_NEIGHBOUR ->
                sites(crowd(n - 1, 32, 1000, 50), 2, 16)
                        .with(Group.of(1, new Cable(50, 1)).holding());
            case FREE_RIDERS ->
                crowd(n - n / 3, 32, 50, 20)
                        .with(Group.of(n / 3 - n / 10, Cable.of(50)).that(Behaviour.DECLINER))
                        .with(Group.of(n / 10, Cable.of(50)).that(Behaviour.FREE_RIDER));
            case BAD_DISKS ->
                crowd(n - 2, 32, 100, 20)
                        .with(Group.of(1, Cable.of(100)).on(new Disk(2, 1, 0.1)))
                        .with(Group.of(1, Cable.of(100)).on(new Disk(50, 0.5, 0)));
            case CACHE_HOST -> cached(crowd(n, 64, 100, 20));
            case DAY -> day(churn(crowd(n, 16, 100, 20).withTrouble(n, 0), 20, Duration.ofHours(24)));
            case HUGE -> crowd(n, 200 * 1024, 1000, 1000).with(new Grain(Duration.ofMillis(100), 16 << 20));
            case FLEET ->
                sites(crowd(n, 256, 1000, 100), Math.max(1, n / 100), 4).with(Grain.COARSE);
            case RANDOM -> random(new SplittableRandom(seed));
        };
    }

    private static Scenario crowd(int devices, long megabytes, double link, double line) {
        return Scenario.flashCrowd(devices, megabytes * MB, link, line);
    }

    private static Scenario sites(Scenario one, int sites, int far) {
        Scenario.Meeting meeting = one.meeting();
        return one.acrossSites(sites, Duration.ofMillis(30))
                .with(new Scenario.Meeting(meeting.maxLinks(), meeting.within(), far, meeting.arrivals()));
    }

    private static Scenario churn(Scenario of, int stayMinutes, Duration lasts) {
        return of.with(of.trouble().churning(Duration.ofMinutes(stayMinutes), lasts));
    }

    private static Scenario coordinatorGone(Scenario of) {
        return of.with(of.trouble().withoutCoordinator(Duration.ofSeconds(5)));
    }

    private static Scenario day(Scenario of) {
        return of.with(of.trouble().drifting(0.001)).with(Grain.COARSE);
    }

    private static Scenario wifi(Scenario of) {
        return of.withGroups(List.of(Group.of(of.devices(), new Cable(30, 15))))
                .with(of.network().withLatency(Duration.ofMillis(5)).trembling(0.01, Duration.ofMillis(100)));
    }

    private static Scenario cached(Scenario of) {
        return of.with(of.network().withCache(1000));
    }

    private static Scenario random(SplittableRandom random) {
        int devices = random.nextInt(2, 10);
        Scenario fleet = Scenario.flashCrowd(
                        devices, random.nextLong(1, 8 * MB), random.nextInt(10, 200), random.nextInt(5, 100))
                .withLiars(random.nextInt(2), random.nextInt(2), random.nextInt(2))
                .with(Group.of(random.nextInt(2), Cable.of(random.nextInt(5, 100)))
                        .that(Behaviour.FREE_RIDER))
                .with(Group.of(random.nextInt(2), Cable.of(random.nextInt(5, 100)))
                        .on(new Disk(random.nextInt(1, 100), 1, random.nextInt(3) == 0 ? 0.1 : 0)))
                .withTrouble(random.nextInt(4), random.nextInt(devices - 1))
                .withArrivals(Duration.ofSeconds(random.nextInt(5)))
                .withLatency(Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(1, 300) : 1))
                .acrossSites(random.nextInt(1, 4), Duration.ofMillis(random.nextInt(100)));
        return trembling(fleet, random);
    }

    private static Scenario trembling(Scenario of, SplittableRandom random) {
        double loss = random.nextInt(3) == 0 ? random.nextDouble(0.02) : 0;
        Duration waits = Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(200) : 0);
        Scenario.Network network = of.network().trembling(loss, waits);
        return of.with(random.nextInt(4) == 0 ? network.withCache(100) : network)
                .with(of.trouble().drifting(random.nextDouble(0.01)));
    }
}
