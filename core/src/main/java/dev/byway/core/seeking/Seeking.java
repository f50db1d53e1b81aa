package dev.byway.core.seeking;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One file that this device seeks, known by its SHA-256 alone, and what neighbours said of it. No part of such a file can be proved
 * before its last byte is there. So neighbours do not exchange parts: one of them fetches it, proves the whole, and gives it to the
 * others.
 *
 * <p><b>Who.</b> Of those that seek it and that know of each other, the one with the lowest rank: the hash of digest and device, so that
 * another one has its turn with every file. Two that did not know of each other in time, or learned the digest late, both fetch it. As
 * soon as they hear of each other the one that is behind gives way, and waits like the others: who is ahead is judged in steps, with
 * ranks between those on the same step, so that of any number exactly one goes on whatever each heard last.
 *
 * <p><b>How long.</b> Nobody has to believe what a neighbour says about its progress. It is waited for while new bytes come at a rate
 * that is worth it ({@link SeekTimes}), and once it was not, never again. So a liar delays a download, by a bounded time, and cannot spoil it.
 *
 * <p>Knows no clock and does no I/O. One owner.
 */
public final class Seeking {
    /** Turns of others that are waited for at most, from the beginning on. */
    private static final int MOST_TURNS = 5;

    private static final int MOST_DISAPPOINTMENTS = 2;

    /** How finely it is judged who is ahead. */
    private static final int STEPS = 16;

    /** How often a device that fetches gives way to another. */
    private static final int MOST_WAYS = 3;

    private final Digest sha256;
    private final Digest rank;
    private final long length;
    private final Moment began;
    private final SeekTimes times;
    private final Map<Long, Neighbour> neighbours = new HashMap<>();
    private OptionalInt expected = OptionalInt.empty();
    private boolean asking;
    private int disappointments;
    private boolean outsideOnly;
    private Optional<Fetcher> own = Optional.empty();
    private Optional<Moment> endOfWay = Optional.empty();
    private int ways;

    /** A neighbour that was asked. */
    private static final class Neighbour {
        private final Digest rank;
        private final Moment asked;
        private boolean answered;
        private Optional<Moment> seeksSince = Optional.empty();
        private Optional<Fetcher> fetches = Optional.empty();
        private Optional<Holding> holds = Optional.empty();
        private boolean waitedInVain;

        Neighbour(Digest rank, Moment asked) {
            this.rank = rank;
            this.asked = asked;
        }
    }

    /** How far one is that fetches: behind all that have done more steps, and behind those of lower rank on the same one. */
    private record Position(long step, Digest rank) {
        boolean isAheadOf(Position other) {
            return step > other.step || (step == other.step && compare(rank, other.rank) < 0);
        }
    }

    private record Holding(ContentId content, int pieceLength) {}

    /** What a neighbour that fetches said first, and when it last said something new. */
    private record Fetcher(Moment since, long first, Moment latest, long bytes) {}

    /**
     * Begins now; nobody has been asked.
     *
     * @param length of the file as its origin says; what neighbours say of it counts for nothing
     */
    public Seeking(Digest sha256, long length, DeviceId self, Moment began, SeekTimes times) {
        this.sha256 = sha256;
        this.length = length;
        this.rank = rank(self);
        this.began = began;
        this.times = times;
    }

    // ---- what happens ----

    /** A neighbour is asked now. */
    public void asked(long peer, DeviceId device, Moment now) {
        neighbours.putIfAbsent(peer, new Neighbour(rank(device), now));
    }

    /** A neighbour has not got it and does not fetch it. */
    public void lacks(long peer) {
        told(peer).ifPresent(neighbour -> {
            neighbour.waitedInVain |= neighbour.fetches.isPresent();
            neighbour.fetches = Optional.empty();
            neighbour.holds = Optional.empty();
        });
    }

    /** A neighbour seeks it too, or does not any more. */
    public void seeks(long peer, boolean now, Moment when) {
        Optional.ofNullable(neighbours.get(peer))
                .ifPresent(neighbour -> neighbour.seeksSince =
                        Optional.of(when).filter(_ -> now).map(first -> neighbour.seeksSince.orElse(first)));
    }

    /**
     * A neighbour fetches it from outside.
     *
     * @param said bytes that it says to have
     */
    public void fetches(long peer, long said, Moment now) {
        long bytes = Math.min(said, length);
        told(peer).ifPresent(neighbour -> {
            Fetcher before = neighbour.fetches.orElse(new Fetcher(now, bytes, now, bytes));
            neighbour.fetches = Optional.of(
                    bytes > before.bytes() ? new Fetcher(before.since(), before.first(), now, bytes) : before);
        });
    }

    /** A neighbour has all of it. */
    public void holds(long peer, ContentId content, int pieceLength) {
        told(peer).ifPresent(neighbour -> neighbour.holds = Optional.of(new Holding(content, pieceLength)));
    }

    /** The link to a neighbour is gone, or what it has is not for this device. */
    public void left(long peer) {
        neighbours.remove(peer);
    }

    /** A neighbour said that it had it, and does not give it. One may have lost it since; after two nobody is asked any more. */
    public void gaveNothing(long peer) {
        neighbours.remove(peer);
        disappointments++;
        outsideOnly |= disappointments >= MOST_DISAPPOINTMENTS;
    }

    /** So many neighbours may be met soon, and perhaps somebody is being asked for more. */
    public void expecting(int soon, boolean now) {
        expected = OptionalInt.of(soon);
        asking = now;
    }

    /** Nothing of what neighbours say is believed any more, as after a lie. */
    public void outsideOnly() {
        outsideOnly = true;
    }

    /** This device fetches it, and so many bytes are here: it goes on unless {@link #next} says something else. */
    public void fetching(long bytes, Moment now) {
        Fetcher before = own.orElse(new Fetcher(now, bytes, now, bytes));
        own = Optional.of(new Fetcher(before.since(), before.first(), now, bytes));
    }

    /**
     * This device fetches it no more, because {@link #next} said something else. It does not wait much longer than it would have taken
     * itself: twice that, and some seconds, however often it gives way.
     */
    public void gaveWay(Moment now) {
        Optional<Moment> end = own.filter(one -> one.bytes() > one.first()).map(one -> {
            double left = (double) (length - one.bytes()) / (double) (one.bytes() - one.first());
            long nanos = (long) (2 * left * (double) now.since(one.since()).toNanos());
            return now.plus(times.start()).plusNanos(nanos);
        });
        endOfWay = endOfWay.or(() -> end);
        own = Optional.empty();
        ways++;
    }

    /** This device stopped fetching, and there was nobody to give way to after all. */
    public void stoppedInVain() {
        ways++;
    }

    private Optional<Neighbour> told(long peer) {
        Optional<Neighbour> neighbour = Optional.ofNullable(neighbours.get(peer));
        neighbour.ifPresent(one -> one.answered = true);
        return neighbour;
    }

    // ---- what follows ----

    /** What to do now. */
    public Step next(Moment now) {
        neighbours.values().forEach(neighbour -> neighbour.waitedInVain |= isStuck(neighbour, now));
        if (outsideOnly || own.filter(one -> goesOn(one.bytes(), now)).isPresent()) {
            return new Step.Fetch();
        }
        Optional<Map.Entry<Long, Neighbour>> holder = best(n -> n.holds.isPresent());
        if (holder.isPresent()) {
            Holding holding = holder.get().getValue().holds.orElseThrow();
            return new Step.Take(holder.get().getKey(), holding.content(), holding.pieceLength());
        }
        Optional<Map.Entry<Long, Neighbour>> fetcher = best(n -> n.fetches.isPresent() && !n.waitedInVain);
        if (fetcher.isPresent() && now.isBefore(endOfPatience())) {
            Fetcher one = fetcher.get().getValue().fetches.orElseThrow();
            return new Step.Wait(
                    Moment.min(deadline(one), endOfPatience()),
                    Optional.of(fetcher.get().getKey()));
        }
        return Stream.of(company(now), answers(now), earlierTurns(now))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .<Step>map(until -> new Step.Wait(until, Optional.empty()))
                .orElseGet(Step.Fetch::new);
    }

    /** Whether a device that fetches has nobody to give way to; on its last step it does not look. */
    private boolean goesOn(long bytes, Moment now) {
        Position own = new Position(step(bytes), rank);
        boolean looks = ways < MOST_WAYS && own.step() < STEPS - 1;
        return !looks || neighbours.values().stream().noneMatch(neighbour -> isAhead(neighbour, own, now));
    }

    private boolean isAhead(Neighbour neighbour, Position own, Moment now) {
        return neighbour.holds.isPresent()
                || (now.isBefore(endOfPatience())
                        && neighbour
                                .fetches
                                .filter(_ -> !neighbour.waitedInVain)
                                .filter(one -> new Position(step(one.bytes()), neighbour.rank).isAheadOf(own))
                                .isPresent());
    }

    private long step(long bytes) {
        return (long) ((double) bytes / length * STEPS);
    }

    private Optional<Map.Entry<Long, Neighbour>> best(Predicate<Neighbour> wanted) {
        return neighbours.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .min(Comparator.comparing((Map.Entry<Long, Neighbour> entry) -> entry.getValue().rank, Seeking::compare)
                        .thenComparing(Map.Entry::getKey));
    }

    private boolean isStuck(Neighbour neighbour, Moment now) {
        return neighbour.fetches.filter(one -> !now.isBefore(deadline(one))).isPresent();
    }

    /** Until when a neighbour that fetches is waited for, if it says nothing new. */
    private Moment deadline(Fetcher one) {
        if (one.bytes() == length) {
            return one.latest().plus(times.stall()).plus(time(length, times.confirmRate()));
        }
        Moment tooSlow = one.since().plus(times.start()).plus(time(one.bytes() - one.first(), times.leastRate()));
        return Moment.min(one.latest().plus(times.stall()), tooSlow);
    }

    /** However many neighbours take turns in fetching it: that is enough for the slowest that is worth waiting for; less after giving way. */
    private Moment endOfPatience() {
        Moment end = began.plus(times.start().multipliedBy(2))
                .plus(time(length, times.leastRate()))
                .plus(time(length, times.confirmRate()));
        return endOfWay.map(way -> Moment.min(way, end)).orElse(end);
    }

    private static Duration time(long bytes, long rate) {
        return Duration.ofMillis((long) (1000.0 * bytes / rate));
    }

    /** Neighbours may be met soon. */
    private Optional<Moment> company(Moment now) {
        boolean mayCome = asking || expected.isEmpty() || expected.getAsInt() > 0;
        return Optional.of(began.plus(times.company())).filter(until -> mayCome && now.isBefore(until));
    }

    /** Neighbours were asked and have not said anything yet. */
    private Optional<Moment> answers(Moment now) {
        return neighbours.values().stream()
                .filter(neighbour -> !neighbour.answered)
                .map(neighbour -> neighbour.asked.plus(times.answer()))
                .filter(now::isBefore)
                .min(Comparator.naturalOrder());
    }

    /** Neighbours whose turn is before this device's seek it too, and may say in a moment that they fetch it. */
    private Optional<Moment> earlierTurns(Moment now) {
        List<Moment> earlier = neighbours.values().stream()
                .filter(neighbour -> !neighbour.waitedInVain && compare(neighbour.rank, rank) < 0)
                .flatMap(neighbour -> neighbour.seeksSince.stream())
                .sorted()
                .toList();
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        Moment last = Moment.max(earlier.getLast(), began).plus(times.turn().multipliedBy(earlier.size()));
        return Optional.of(Moment.min(last, began.plus(times.turn().multipliedBy(MOST_TURNS))))
                .filter(now::isBefore);
    }

    private Digest rank(DeviceId device) {
        return Digest.sha256(ByteBuffer.allocate(2 * Digest.BYTES)
                .put(sha256.bytes())
                .put(device.key().bytes())
                .array());
    }

    private static int compare(Digest one, Digest other) {
        return Arrays.compareUnsigned(one.bytes(), other.bytes());
    }
}
