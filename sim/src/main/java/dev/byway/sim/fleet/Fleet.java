package dev.byway.sim.fleet;

import dev.byway.core.swarm.Tuning;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import dev.byway.sim.net.Grain;
import dev.byway.sim.net.Pipe;
import dev.byway.sim.net.Route;
import dev.byway.sim.net.Stream;
import dev.byway.sim.time.Agenda;
import dev.byway.sim.time.InvariantBroken;
import dev.byway.sim.time.Places;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * One run of one scenario: devices in sites, each behind a line, an origin beyond them. After events of a device the invariants
 * are checked; the first broken one ends the run with an {@link InvariantBroken} that names the seed.
 */
public final class Fleet {
    private static final Duration ORIGIN_LATENCY = Duration.ofMillis(10);
    /** How much later a link between sites comes about than one inside. */
    private static final Duration TUNNEL = Duration.ofMillis(500);
    /** Bytes of a packet, for the chance that some of many are lost, and the time that a loss costs. */
    private static final int PACKET = 1400;

    private static final int FEW = 20;
    private static final int SAMPLE = 61;
    private static final int MANY = 1000;
    private static final int SMALL_SAMPLE = 9973;

    private final Scenario scenario;
    private final long seed;
    private final SimContent content;
    private final List<Site> sites = new ArrayList<>();
    private final List<SimDevice> devices = new ArrayList<>();
    private final Places places;
    private final int sample;

    private Fleet(Scenario scenario, long seed, boolean traced) {
        this.scenario = scenario;
        this.seed = seed;
        this.content = new SimContent(scenario.bytes(), seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int number = 0; number < scenario.network().sites(); number++) {
            sites.add(new Site(number, scenario, new Agenda(random.nextLong()), content, traced));
        }
        this.places = new Places(sites.stream().map(site -> site.agenda).toList(), between());
        this.sample = scenario.devices() <= FEW ? 1 : scenario.devices() < MANY ? SAMPLE : SMALL_SAMPLE;
        populate(random);
    }

    private Duration between() {
        return scenario.network().latency().plus(scenario.network().between());
    }

    /** Runs a scenario to its end. */
    public static Result run(Scenario scenario, long seed) {
        return run(scenario, seed, false);
    }

    /** Runs a scenario to its end; {@code traced} keeps who got which bytes from whom, and what every device decided. */
    public static Result run(Scenario scenario, long seed, boolean traced) {
        Fleet fleet = new Fleet(scenario, seed, traced);
        fleet.run();
        return Result.of(scenario, seed, fleet.content, fleet.sites, fleet.devices, fleet.places.done());
    }

    /** What happened in each site until an invariant broke, or the end of the run. */
    public static List<Trace> untilItBreaks(Scenario scenario, long seed) {
        Fleet fleet = new Fleet(scenario, seed, true);
        try {
            fleet.run();
        } catch (InvariantBroken broken) {
            fleet.sites.getFirst().trace.line(0, "did what must never happen: " + broken.getMessage());
        }
        return fleet.sites.stream().map(site -> site.trace).toList();
    }

    private void run() {
        boolean endless = scenario.trouble().stay().isPresent();
        places.run(Moment.ZERO.plus(scenario.longest()), () -> endless || pending() > 0);
        for (SimDevice device : devices) {
            boolean ended = endless
                    || !counts(device)
                    || device.isDone()
                    || device.failed().isPresent();
            require(ended, device, "neither has everything nor says why");
        }
    }

    private int pending() {
        int pending = 0;
        for (Site site : sites) {
            pending += site.pending;
        }
        return pending;
    }

    // ---- who is there ----

    private void populate(SplittableRandom random) {
        for (Group group : scenario.groups()) {
            for (int i = 0; i < group.devices(); i++) {
                Site site = sites.get(devices.size() % sites.size());
                Clock clock = new Clock(
                        random.nextLong(Duration.ofDays(1).toNanos()),
                        1 + scenario.trouble().drift() * random.nextDouble(-1, 1));
                SimDevice device = new SimDevice(this, devices.size(), site, group, clock);
                devices.add(device);
                site.devices.add(device);
                site.pending += counts(device) ? 1 : 0;
            }
        }
        for (SimDevice device : devices) {
            boolean late = device.behaviour.downloads() && !device.group.holds();
            Duration after = late ? upTo(scenario.meeting().arrivals(), random) : Duration.ZERO;
            device.site.agenda.in(after, () -> begin(device));
        }
        for (int i = 0; i < scenario.trouble().vanishing(); i++) {
            SimDevice device = devices.get(i);
            device.site.agenda.in(fraction(0.2, 0.8, random), device::crash);
        }
        int honest = scenario.groups().getFirst().devices() - scenario.trouble().vanishing();
        for (int i = 0; i < scenario.trouble().crashes(); i++) {
            SimDevice device = devices.get(scenario.trouble().vanishing() + random.nextInt(honest));
            Duration after = scenario.trouble().stay().isPresent()
                    ? upTo(scenario.trouble().lasts(), random)
                    : fraction(0.1, 1.0, random);
            device.site.agenda.in(after, () -> crashAndRestart(device));
        }
    }

    /** Whether the run waits for it. */
    private boolean counts(SimDevice device) {
        return device.behaviour.downloads()
                && !device.group.holds()
                && device.index >= scenario.trouble().vanishing();
    }

    private Duration fraction(double from, double to, SplittableRandom random) {
        return Duration.ofMillis((long) (random.nextDouble(from, to) * scenario.idealSeconds() * 1000));
    }

    private static Duration upTo(Duration most, SplittableRandom random) {
        return most.isZero() ? most : Duration.ofNanos(random.nextLong(most.toNanos()));
    }

    private void begin(SimDevice device) {
        device.start();
        meetOthers(device);
    }

    private void crashAndRestart(SimDevice device) {
        if (device.isUp() && !device.isDone()) {
            device.crash();
            device.site.agenda.in(Duration.ofSeconds(2), () -> begin(device));
        }
    }

    /** Discovery: a device finds those of its site, in random order, and the coordinator names some of other sites. */
    private void meetOthers(SimDevice device) {
        SplittableRandom random = device.site.agenda.random();
        Duration within = scenario.meeting().within();
        List<SimDevice> near = new ArrayList<>(device.site.devices);
        Collections.shuffle(near, new Random(random.nextLong()));
        int most = 4 * scenario.meeting().maxLinks();
        for (SimDevice other : near.subList(0, Math.min(most, near.size()))) {
            if (other != device) {
                device.site.agenda.in(
                        upTo(within, random).plusMillis(5), () -> device.links().dial(other));
            }
        }
        for (SimDevice other : named(device, random)) {
            if (!other.isNear(device)) {
                Duration found = upTo(within, random).plus(TUNNEL).plusMillis(5);
                device.site.agenda.in(found, () -> device.links().dial(other));
            }
        }
    }

    /** Whom the coordinator names: all, or some that are picked at random. */
    private List<SimDevice> named(SimDevice device, SplittableRandom random) {
        int far = scenario.meeting().far();
        boolean gone = has(scenario.trouble().coordinatorDies(), device.site.agenda.now());
        if (gone || far == 0 || sites.size() == 1) {
            return List.of();
        }
        if (far >= devices.size()) {
            List<SimDevice> all = new ArrayList<>(devices);
            Collections.shuffle(all, new Random(random.nextLong()));
            return all;
        }
        return random.ints(far, 0, devices.size()).mapToObj(devices::get).toList();
    }

    private static boolean has(Optional<Duration> after, Moment now) {
        return after.isPresent() && now.isAfter(Moment.ZERO.plus(after.get()));
    }

    // ---- what devices need ----

    long seed() {
        return seed;
    }

    SimContent content() {
        return content;
    }

    Tuning tuning() {
        return scenario.tuning();
    }

    Grain grain() {
        return scenario.grain();
    }

    int maxLinks() {
        return scenario.meeting().maxLinks();
    }

    /** How long word takes from one device to another: behind what waits in its line, as far as the queue is long. */
    long wordNanos(SimDevice from, SimDevice to) {
        Scenario.Network network = scenario.network();
        long takes = network.latency().toNanos();
        long queue = network.queue().toNanos();
        if (from.isNear(to)) {
            return takes + (queue == 0 ? 0 : Math.min(queue, from.up.backlogNanos()));
        }
        long waits = queue == 0 ? 0 : Math.min(queue, from.up.backlogNanos() + from.site.out.backlogNanos());
        return takes + network.between().toNanos() + waits + retries(from.site.agenda, 1);
    }

    /** What lost packets cost: a round trip or so for each time that one of these has to be sent again. */
    private long retries(Agenda agenda, long packets) {
        double loss = scenario.network().loss();
        long nanos = 0;
        if (loss > 0) {
            double some = 1 - Math.pow(1 - loss, (double) packets);
            while (agenda.random().nextDouble() < some && nanos < 1_000_000_000L) {
                nanos += Duration.ofMillis(200).toNanos();
                some = loss;
            }
        }
        return nanos;
    }

    boolean originIsDead(SimDevice device) {
        return has(scenario.trouble().originDies(), device.site.agenda.now());
    }

    /** The way of bytes from one device to another one's disk. */
    Route route(SimDevice from, SimDevice to) {
        boolean near = from.isNear(to);
        List<Pipe> pipes = near
                ? List.of(from.up, to.down, to.write)
                : List.of(from.up, from.site.out, to.site.in, to.down, to.write);
        long word = wordNanos(from, to);
        long packets = Math.max(1, grain().most() / PACKET);
        return new Route(
                pipes,
                near ? word : retries(from.site.agenda, packets),
                near ? 0 : between().toNanos());
    }

    /** Bytes from outside to a device's disk: from the origin, or by way of the site's cache host. */
    Stream outside(SimDevice device, boolean byCache, ByteRange range, IntConsumer arrived) {
        Agenda agenda = device.site.agenda;
        device.site.requests++;
        List<Pipe> pipes = new ArrayList<>();
        boolean cached = byCache && device.site.cache.orElseThrow().ask(range);
        if (!cached) {
            pipes.add(device.site.origin);
            scenario.network().request().ifPresent(rate -> pipes.add(new Pipe(agenda, rate)));
            pipes.add(device.site.in);
        }
        if (byCache) {
            pipes.add(device.site.cache.orElseThrow().out);
        }
        pipes.add(device.down);
        pipes.add(device.write);
        long delay = ORIGIN_LATENCY.toNanos() + retries(agenda, range.length() / PACKET);
        return new Stream(new Route(pipes, delay, 0), grain(), range.length(), arrived, () -> {}).start();
    }

    /** A download has ended, one way or the other. */
    void ended(SimDevice device) {
        if (!counts(device)) {
            return;
        }
        Optional<Duration> stay = scenario.trouble().stay();
        if (stay.isEmpty()) {
            device.site.pending--;
            return;
        }
        Duration stays = upTo(stay.get().multipliedBy(2), device.site.agenda.random());
        int life = device.life();
        device.site.agenda.in(stays, () -> {
            if (device.life() == life) {
                device.giveWay();
                begin(device);
            }
        });
    }

    // ---- invariants ----

    /** After every event where few take part; where many do, after some. */
    void check(SimDevice device) {
        if (device.site.told % sample != 0 || device.download().isEmpty()) {
            return;
        }
        var report = device.report();
        require(report.stream().allMatch(s -> s.verified() >= 0 && s.wasted() >= 0), device, "negative bytes");
        long fetched = report.stream().mapToLong(s -> s.verified()).sum();
        require(fetched == device.newBytes(), device, "the sources gave " + fetched + " of " + device.newBytes());
        require(device.willWake(), device, "waits for more than two seconds without a look");
    }

    void require(boolean holds, SimDevice device, String what) {
        if (!holds) {
            throw new InvariantBroken("seed " + seed + ", device " + device.index + ", at "
                    + device.site.agenda.now().nanos() / 1_000_000 + " ms: " + what);
        }
    }
}
