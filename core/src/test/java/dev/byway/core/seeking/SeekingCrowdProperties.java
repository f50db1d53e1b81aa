package dev.byway.core.seeking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Devices of one network that seek one file: all get it, one fetches it, and liars cost a bounded time. */
class SeekingCrowdProperties {
    private static final Digest FILE = Digest.sha256(new byte[] {1});
    private static final long LENGTH = 50 << 20;
    private static final ContentId CONTENT = new ContentId(Digest.sha256(new byte[] {2}), LENGTH);
    private static final Duration STEP = Duration.ofMillis(250);

    enum Kind {
        HONEST,
        /** Answers nothing. */
        MUTE,
        /** Says that it fetches, a little further each second. */
        CREEPS,
        /** Says that it seeks, and never fetches. */
        IDLES
    }

    private record Event(Moment at, long order, Runnable what) {}

    /** One run: all devices linked with each other. */
    private static final class Crowd {
        private final PriorityQueue<Event> events =
                new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
        private final List<Device> devices = new ArrayList<>();
        private final Random random;
        private final Map<List<Integer>, Moment> last = new HashMap<>();
        private final int maxDelay;
        private final double seconds;
        private Moment now = Moment.ZERO;
        private long order;

        Crowd(long seed, int maxDelay, double seconds) {
            this.random = new Random(seed);
            this.maxDelay = maxDelay;
            this.seconds = seconds;
        }

        void at(Moment when, Runnable what) {
            events.add(new Event(when, order++, what));
        }

        /** What one says to another arrives in its order. */
        void send(int from, int to, Runnable what) {
            Moment arrival = now.plus(Duration.ofMillis(1 + random.nextInt(maxDelay)));
            Moment next = Moment.max(arrival, last.getOrDefault(List.of(from, to), Moment.ZERO));
            last.put(List.of(from, to), next);
            at(next, what);
        }

        void run() {
            while (!events.isEmpty() && now.isBefore(Moment.ZERO.plus(Duration.ofHours(1)))) {
                Event event = events.remove();
                now = event.at();
                event.what().run();
            }
        }
    }

    private static final class Device {
        private final Crowd crowd;
        private final int number;
        private final DeviceId id;
        private final Kind kind;
        private final List<Device> seekers = new ArrayList<>();
        private Optional<Seeking> seeking = Optional.empty();
        private Optional<Moment> fetchingSince = Optional.empty();
        private long before;
        private Moment began = Moment.ZERO;
        private Optional<Moment> done = Optional.empty();
        private boolean fetched;

        Device(Crowd crowd, int number, Kind kind) {
            this.crowd = crowd;
            this.number = number;
            this.kind = kind;
            this.id = new DeviceId(Digest.sha256(new byte[] {(byte) number, 7}));
        }

        void begin() {
            began = crowd.now;
            know();
        }

        /** Fetches it before it knows the digest. */
        void beginWithoutDigest(Duration late) {
            began = crowd.now;
            fetched = true;
            fetchingSince = Optional.of(crowd.now);
            crowd.at(crowd.now.plus(late), this::know);
        }

        private void know() {
            Seeking rules = new Seeking(FILE, LENGTH, id, crowd.now, SeekTimes.DEFAULT);
            rules.expecting(0, false);
            seeking = Optional.of(rules);
            crowd.devices.stream().filter(other -> other != this).forEach(other -> {
                rules.asked(other.number, other.id, crowd.now);
                if (seekers.contains(other)) {
                    rules.seeks(other.number, true, crowd.now);
                }
                crowd.send(number, other.number, () -> other.isAsked(this));
            });
            if (kind == Kind.HONEST) {
                act();
            } else if (kind == Kind.CREEPS) {
                creep(0);
            }
        }

        void isAsked(Device by) {
            if (kind == Kind.MUTE) {
                return;
            }
            seekers.add(by);
            seeking.ifPresent(rules -> rules.seeks(by.number, true, crowd.now));
            tell(by);
        }

        private void creep(long bytes) {
            seekers.forEach(other -> other.hears(this, rules -> rules.fetches(number, bytes, crowd.now)));
            if (bytes < 600_000) {
                crowd.at(crowd.now.plus(Duration.ofSeconds(1)), () -> creep(bytes + 1000));
            }
        }

        private long bytes() {
            double part = fetchingSince
                    .map(since -> crowd.now.since(since).toMillis() / 1e3 / crowd.seconds)
                    .orElse(0.0);
            return Math.min(LENGTH, before + (long) (LENGTH * part));
        }

        /** What came from outside, as far as it did not come from a neighbour. */
        long fetchedBytes() {
            return fetchingSince.isPresent() ? bytes() : before;
        }

        private void tell(Device to) {
            if (done.isPresent()) {
                to.hears(this, rules -> rules.holds(number, CONTENT, 1 << 18));
            } else if (fetchingSince.isPresent()) {
                long bytes = bytes();
                to.hears(this, rules -> rules.fetches(number, bytes, crowd.now));
            } else {
                to.hears(this, rules -> rules.lacks(number));
            }
        }

        /** Steps now and then; a word of another device makes it step at once. */
        private void act() {
            if (done.isEmpty()) {
                step();
                crowd.at(crowd.now.plus(STEP), this::act);
            }
        }

        private void step() {
            if (kind != Kind.HONEST || done.isPresent()) {
                return;
            }
            if (fetchingSince.isPresent()) {
                done = Optional.of(crowd.now).filter(_ -> bytes() == LENGTH);
                seeking.orElseThrow().fetching(bytes(), crowd.now);
                if (done.isEmpty() && !(seeking.orElseThrow().next(crowd.now) instanceof Step.Fetch)) {
                    before = bytes();
                    fetchingSince = Optional.empty();
                    seeking.orElseThrow().gaveWay(crowd.now);
                }
                seekers.forEach(this::tell);
                return;
            }
            switch (seeking.orElseThrow().next(crowd.now)) {
                case Step.Take ignored -> {
                    done = Optional.of(crowd.now);
                    seekers.forEach(this::tell);
                }
                case Step.Fetch ignored -> {
                    fetched = true;
                    fetchingSince = Optional.of(crowd.now);
                    seekers.forEach(this::tell);
                }
                case Step.Wait ignored -> {}
            }
        }

        private void hears(Device from, Consumer<Seeking> word) {
            crowd.send(
                    from.number,
                    number,
                    () -> seeking.ifPresent(rules -> {
                        word.accept(rules);
                        if (fetchingSince.isEmpty()) {
                            step();
                        }
                    }));
        }
    }

    private static Crowd crowd(long seed, List<Kind> kinds, int delay, double seconds, int spread) {
        Crowd crowd = new Crowd(seed, delay, seconds);
        for (Kind kind : kinds) {
            crowd.devices.add(new Device(crowd, crowd.devices.size(), kind));
        }
        crowd.devices.forEach(
                device -> crowd.at(Moment.ZERO.plus(Duration.ofMillis(crowd.random.nextInt(spread))), device::begin));
        crowd.run();
        return crowd;
    }

    private static List<Kind> honest(int count) {
        return Collections.nCopies(count, Kind.HONEST);
    }

    @Property(tries = 40)
    void ofDevicesThatBeginAtOnceOneFetches(
            @ForAll @LongRange(min = 0, max = 1 << 30) long seed,
            @ForAll @IntRange(min = 1, max = 12) int count,
            @ForAll @DoubleRange(min = 1, max = 150) double seconds) {
        Crowd crowd = crowd(seed, honest(count), 5, seconds, 1);

        assertThat(crowd.devices).allMatch(device -> device.done.isPresent());
        assertThat(crowd.devices.stream().filter(device -> device.fetched)).hasSize(1);
    }

    @Property(tries = 40)
    void whenSomeBeginLaterFewFetch(
            @ForAll @LongRange(min = 0, max = 1 << 30) long seed,
            @ForAll @IntRange(min = 2, max = 12) int count,
            @ForAll @IntRange(min = 1, max = 3000) int spread) {
        Crowd crowd = crowd(seed, honest(count), 20, 20, spread);

        assertThat(crowd.devices).allMatch(device -> device.done.isPresent());
        assertThat(crowd.devices.stream().filter(device -> device.fetched)).hasSizeLessThanOrEqualTo(3);
    }

    @Property(tries = 40)
    void whoLearnsTheDigestLateGivesWay(
            @ForAll @LongRange(min = 0, max = 1 << 30) long seed,
            @ForAll @IntRange(min = 2, max = 8) int count,
            @ForAll @IntRange(min = 0, max = 3000) int late,
            @ForAll @IntRange(min = 1, max = 1000) int spread) {
        Crowd crowd = new Crowd(seed, 20, 20);
        for (int i = 0; i < count; i++) {
            Device device = new Device(crowd, i, Kind.HONEST);
            crowd.devices.add(device);
            Duration known = Duration.ofMillis(crowd.random.nextInt(late + 1));
            crowd.at(
                    Moment.ZERO.plus(Duration.ofMillis(crowd.random.nextInt(spread))),
                    () -> device.beginWithoutDigest(known));
        }
        crowd.run();

        assertThat(crowd.devices).allMatch(device -> device.done.isPresent());
        double copies = crowd.devices.stream().mapToLong(Device::fetchedBytes).sum() / (double) LENGTH;
        assertThat(copies).isLessThanOrEqualTo(1 + count * (late / 1e3 + 0.6) / 20);
    }

    /** Whatever each heard last of the others: never do all give way. */
    @Property(tries = 200)
    void neverDoAllGiveWay(
            @ForAll @LongRange(min = 0, max = 1 << 30) long seed, @ForAll @IntRange(min = 2, max = 6) int count) {
        Random random = new Random(seed);
        List<DeviceId> ids = new ArrayList<>();
        List<Long> bytes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(new DeviceId(Digest.sha256(new byte[] {(byte) i, (byte) random.nextInt()})));
            bytes.add(random.nextLong(LENGTH));
        }
        int going = 0;
        for (int i = 0; i < count; i++) {
            Seeking rules = new Seeking(FILE, LENGTH, ids.get(i), Moment.ZERO, SeekTimes.DEFAULT);
            rules.expecting(0, false);
            rules.fetching(bytes.get(i), Moment.ZERO);
            for (int other = 0; other < count; other++) {
                if (other != i) {
                    rules.asked(other, ids.get(other), Moment.ZERO);
                    rules.fetches(other, random.nextLong(bytes.get(other) + 1), Moment.ZERO);
                }
            }
            going += rules.next(Moment.ZERO) instanceof Step.Fetch ? 1 : 0;
        }

        assertThat(going).isPositive();
    }

    @Property(tries = 40)
    void liarsDelayABoundedTime(
            @ForAll @LongRange(min = 0, max = 1 << 30) long seed,
            @ForAll @IntRange(min = 1, max = 6) int count,
            @ForAll @Size(max = 5) List<@From("lies") Kind> lies) {
        List<Kind> kinds = new ArrayList<>(honest(count));
        kinds.addAll(lies);
        Crowd crowd = crowd(seed, kinds, 20, 20, 500);

        assertThat(crowd.devices)
                .filteredOn(device -> device.kind == Kind.HONEST)
                .allSatisfy(device -> assertThat(device.done.orElseThrow().since(device.began))
                        .isLessThan(Duration.ofSeconds(20 + 11 + 6 + 2)));
    }

    @Provide
    Arbitrary<Kind> lies() {
        return Arbitraries.of(Kind.MUTE, Kind.CREEPS, Kind.IDLES);
    }
}
