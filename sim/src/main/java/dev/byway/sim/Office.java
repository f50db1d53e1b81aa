package dev.byway.sim;

import dev.byway.core.swarm.SourceReport;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * One run of one scenario: devices on LANs, each behind a line, an origin beyond them. After events of a device the invariants
 * are checked; the first broken one ends the run with an {@link InvariantBroken} that names the seed.
 */
public final class Office {
    private static final Duration ORIGIN_LATENCY = Duration.ofMillis(10);
    /** How much later a link between offices comes about than one inside. */
    private static final Duration TUNNEL = Duration.ofMillis(500);

    private static final int FEW = 20;
    private static final int SAMPLE = 61;

    private static final double ORIGIN_MEGABITS = 1e6;

    private final Scenario scenario;
    private final long seed;
    private final Agenda agenda;
    private final SimContent content;
    private final Pipe origin;
    private final List<Site> sites;
    private final List<SimDevice> devices = new ArrayList<>();
    private int pending;

    private Office(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.seed = seed;
        this.agenda = new Agenda(seed);
        this.content = new SimContent(scenario.bytes(), seed);
        this.origin = new Pipe(agenda, ORIGIN_MEGABITS);
        this.sites = IntStream.range(0, scenario.network().sites())
                .mapToObj(number -> new Site(agenda, number, scenario.network().uplinkMegabits()))
                .toList();
    }

    /** Runs a scenario to its end, at most an hour of virtual time. */
    public static Result run(Scenario scenario, long seed) {
        Office office = new Office(scenario, seed);
        office.populate();
        Moment end = Moment.ZERO.plus(Duration.ofHours(1));
        while (office.pending > 0 && office.agenda.step(end)) {}
        return office.result();
    }

    private void populate() {
        addAll(scenario.devices(), Behaviour.HONEST);
        addAll(scenario.liars().poisoners(), Behaviour.POISONER);
        addAll(scenario.liars().silent(), Behaviour.SILENT);
        addAll(scenario.liars().claimers(), Behaviour.CLAIMER);
        pending = scenario.devices() - scenario.trouble().vanishing();
        for (SimDevice device : devices) {
            Duration late = device.behaviour == Behaviour.HONEST
                    ? upTo(scenario.meeting().arrivals())
                    : Duration.ZERO;
            agenda.in(late, () -> {
                device.start();
                meetOthers(device);
            });
        }
        for (int i = 0; i < scenario.trouble().vanishing(); i++) {
            SimDevice device = devices.get(i);
            agenda.in(fraction(0.2, 0.8), device::crash);
        }
        for (int i = 0; i < scenario.trouble().crashes(); i++) {
            int honest = scenario.devices() - scenario.trouble().vanishing();
            SimDevice device =
                    devices.get(scenario.trouble().vanishing() + agenda.random().nextInt(honest));
            agenda.in(fraction(0.1, 1.0), () -> crashAndRestart(device));
        }
    }

    private void addAll(int count, Behaviour behaviour) {
        for (int i = 0; i < count; i++) {
            Site site = sites.get(devices.size() % sites.size());
            devices.add(new SimDevice(
                    this, devices.size(), site, behaviour, scenario.network().linkMegabits()));
        }
    }

    private Duration fraction(double from, double to) {
        return Duration.ofMillis((long) (agenda.random().nextDouble(from, to) * scenario.idealSeconds() * 1000));
    }

    private Duration upTo(Duration most) {
        return most.isZero() ? most : Duration.ofNanos(agenda.random().nextLong(most.toNanos()));
    }

    private void crashAndRestart(SimDevice device) {
        if (device.isUp() && !device.isDone()) {
            device.crash();
            agenda.in(Duration.ofSeconds(2), () -> {
                device.start();
                meetOthers(device);
            });
        }
    }

    /** Discovery: a device finds the others that are up, in random order, within the time it takes to meet. */
    private void meetOthers(SimDevice device) {
        List<SimDevice> others = new ArrayList<>(devices);
        Collections.shuffle(others, new Random(agenda.random().nextLong()));
        for (SimDevice other : others) {
            if (other != device) {
                Duration tunnel = device.isNear(other) ? Duration.ZERO : TUNNEL;
                Duration found = upTo(scenario.meeting().within()).plus(tunnel).plusMillis(5);
                agenda.in(found, () -> maybeLink(device, other));
            }
        }
    }

    private void maybeLink(SimDevice a, SimDevice b) {
        boolean room = a.linkCount() < scenario.meeting().maxLinks()
                && b.linkCount() < scenario.meeting().maxLinks();
        boolean honest = a.behaviour == Behaviour.HONEST || b.behaviour == Behaviour.HONEST;
        if (room && honest && a.isUp() && b.isUp() && !a.isLinked(b)) {
            SimDevice.link(a, b);
        }
    }

    // ---- what devices need ----

    Agenda agenda() {
        return agenda;
    }

    SimContent content() {
        return content;
    }

    long salt() {
        return seed;
    }

    Duration latency(SimDevice a, SimDevice b) {
        Scenario.Network network = scenario.network();
        return a.isNear(b) ? network.latency() : network.latency().plus(network.between());
    }

    Duration latency() {
        return scenario.network().latency();
    }

    int chunk() {
        return 64 * 1024;
    }

    boolean isOver() {
        return pending <= 0;
    }

    boolean originIsDead() {
        return scenario.trouble()
                .originDies()
                .filter(t -> agenda.now().isAfter(Moment.ZERO.plus(t)))
                .isPresent();
    }

    Stream fromOrigin(SimDevice device, long bytes, LongConsumer arrived, Runnable finished) {
        return new Stream(
                        agenda,
                        List.of(origin, device.site.in(), device.down),
                        ORIGIN_LATENCY.toNanos(),
                        bytes,
                        16 * 1024,
                        arrived,
                        finished)
                .start();
    }

    void done(SimDevice device) {
        if (device.index >= scenario.trouble().vanishing()) {
            pending--;
        }
    }

    // ---- invariants ----

    /** After every event where few take part; where many do, after some. */
    void check(SimDevice device) {
        if (devices.size() > FEW && agenda.done() % SAMPLE != 0) {
            return;
        }
        require(
                device.download().report().stream().allMatch(s -> s.verified() >= 0 && s.wasted() >= 0),
                device,
                "negative bytes");
        long fetched = device.download().report().stream()
                .mapToLong(SourceReport::verified)
                .sum();
        require(fetched == device.newBytes(), device, "the sources gave " + fetched + " of " + device.newBytes());
    }

    void require(boolean holds, SimDevice device, String what) {
        if (!holds) {
            throw new InvariantBroken("seed " + seed + ", device " + device.index + ", at "
                    + agenda.now().nanos() / 1_000_000 + " ms: " + what);
        }
    }

    private Result result() {
        List<Result.DeviceResult> each = new ArrayList<>();
        for (SimDevice device : devices) {
            if (device.behaviour == Behaviour.HONEST) {
                each.add(Result.of(device, content));
            }
        }
        List<Long> lines = sites.stream().map(site -> site.in().bytes()).toList();
        return new Result(scenario, seed, origin.bytes(), lines, each, agenda.done());
    }
}
