package dev.byway.e2e.bench;

import dev.byway.e2e.bench.Contender.From;
import dev.byway.e2e.bench.Scenario.Taker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The scenarios of {@link RivalsBench}.
 *
 * @param megabytes size of the file in place of each scenario's own, MiB; 0 for its own. Not for {@code small}
 * @param rounds that count in {@code pair}, {@code second} and {@code small}; 0 for each one's own number
 */
record Scenarios(int megabytes, int rounds) {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;

    /** Those of these names, or all when there are none. */
    List<Scenario> named(Set<String> names) {
        List<Scenario> all = Stream.of(
                        pair(),
                        second(),
                        small("1 KiB", KIB, 41, false),
                        small("1 MiB", MIB, 21, false),
                        small("10 MiB", 10 * MIB, 9, true),
                        crowd("crowd20", 20, 20, 10, 50),
                        crowd("crowd40", 40, 10, 5, 50),
                        crowd("crowd20thin", 20, 4, 2, 10),
                        arrivals(),
                        mixed())
                .toList();
        for (String name : names) {
            if (all.stream().noneMatch(scenario -> scenario.name().equals(name))) {
                throw new IllegalArgumentException("no scenario " + name + "; there are "
                        + all.stream().map(Scenario::name).distinct().toList());
            }
        }
        return all.stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
    }

    private Scenario crowd(String name, int devices, int mbit, int uplink, int size) {
        String title =
                "%d devices want %s at once; links %d Mbit/s, uplink %d".formatted(devices, mib(size), mbit, uplink);
        return new Scenario(
                name, title, uplink, 0, Taker.crowd(devices, mbit), length(size), From.ORIGIN_AND_PEERS, 0, 1);
    }

    private Scenario arrivals() {
        int devices = 20;
        List<Taker> takers = IntStream.range(0, devices)
                .mapToObj(i ->
                        new Taker(20, Duration.ofSeconds(60).multipliedBy(i).dividedBy(devices - 1)))
                .toList();
        String title = "%d devices come within a minute for %s; links 20 Mbit/s, uplink 10".formatted(devices, mib(50));
        return new Scenario("arrivals", title, 10, 0, takers, length(50), From.ORIGIN_AND_PEERS, 0, 1);
    }

    private Scenario mixed() {
        List<Taker> takers = new ArrayList<>(Taker.crowd(9, 100));
        takers.add(new Taker(10, Duration.ZERO));
        String title = "9 devices on 100 Mbit/s and one on 10 want %s at once; uplink 20".formatted(mib(50));
        return new Scenario("mixed", title, 20, 0, takers, length(50), From.ORIGIN_AND_PEERS, 0, 1);
    }

    private Scenario second() {
        String title = "a second device wants %s that the first has; links 100 Mbit/s, uplink 10".formatted(mib(50));
        return new Scenario(
                "second", title, 10, 1, Taker.crowd(1, 100), length(50), From.ORIGIN_AND_PEERS, 0, rounds(3));
    }

    private Scenario pair() {
        String title = "one device takes %s from another, links as fast as the machine".formatted(mib(1024));
        return new Scenario("pair", title, 0, 1, Taker.crowd(1, 0), length(1024), From.PEERS, 0, rounds(3));
    }

    private Scenario small(String size, long length, int rounds, boolean peer) {
        String title =
                "%s from %s, links as fast as the machine".formatted(size, peer ? "another device" : "the origin");
        return new Scenario(
                "small",
                title,
                0,
                peer ? 1 : 0,
                Taker.crowd(1, 0),
                length,
                peer ? From.PEERS : From.ORIGIN_AND_PEERS,
                3,
                rounds(rounds));
    }

    private int rounds(int own) {
        return rounds == 0 ? own : rounds;
    }

    private long length(int own) {
        return MIB * (megabytes == 0 ? own : megabytes);
    }

    private String mib(int own) {
        return String.format(Locale.ROOT, "%d MiB", megabytes == 0 ? own : megabytes);
    }
}
