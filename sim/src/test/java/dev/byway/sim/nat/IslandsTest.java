package dev.byway.sim.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.nat.NatFiltering;
import dev.byway.core.nat.NatKind;
import dev.byway.core.nat.NatMapping;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Devices behind NATs meet wherever a way exists, also after trouble of every kind. A failure names its seed. */
class IslandsTest {
    private static final List<NatKind> KINDS = List.of(
            new NatKind(NatMapping.ENDPOINT_INDEPENDENT, NatFiltering.ENDPOINT_INDEPENDENT),
            new NatKind(NatMapping.ENDPOINT_INDEPENDENT, NatFiltering.ADDRESS_DEPENDENT),
            new NatKind(NatMapping.ENDPOINT_INDEPENDENT, NatFiltering.ADDRESS_AND_PORT_DEPENDENT),
            new NatKind(NatMapping.ENDPOINT_DEPENDENT, NatFiltering.ADDRESS_AND_PORT_DEPENDENT));

    @Test
    void twoOfEachKindMeetAtOnceInCalmWeather() {
        Islands islands =
                new Islands(Stream.of(KINDS, KINDS).flatMap(List::stream).toList(), 1);
        islands.begin();
        islands.run(Duration.ofMillis(3200));
        Islands.Outcome outcome = islands.outcome();
        assertThat(outcome.apart()).isEmpty();
        assertThat(outcome.met()).isEqualTo(outcome.pairs()).isEqualTo(23);
    }

    @Test
    void fiveHundredWorldsMeetAgainWithinAMinuteAfterTroubleOfEveryKind() {
        worlds(1, 501);
    }

    @Test
    @Tag("long")
    void tenThousandWorlds() {
        worlds(501, 10_501);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(world(7)).isEqualTo(world(7));
    }

    private static void worlds(int from, int to) {
        for (int seed = from; seed < to; seed++) {
            Islands.Outcome outcome = world(seed);
            assertThat(outcome.apart()).as("%s", outcome).isEmpty();
            assertThat(outcome.mostSent()).as("%s", outcome).isLessThan(1500);
        }
    }

    /** Two minutes of trouble, then a minute of peace. */
    private static Islands.Outcome world(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int devices = random.nextInt(2, 7);
        Islands islands = new Islands(
                Stream.generate(() -> KINDS.get(random.nextInt(KINDS.size())))
                        .limit(devices)
                        .toList(),
                seed);
        islands.weather(new Weather(
                random.nextDouble(0.3),
                random.nextDouble(0.1),
                random.nextDouble(0.3),
                Duration.ofMillis(1),
                Duration.ofMillis(random.nextInt(2, 300))));
        islands.begin();
        for (int trouble = 0; trouble < 8; trouble++) {
            islands.run(Duration.ofMillis(random.nextInt(30_000)));
            int device = random.nextInt(devices);
            switch (random.nextInt(4)) {
                case 0 -> islands.restartRouter(device);
                case 1 -> islands.restartServer();
                case 2 -> islands.cut(device, true);
                default -> islands.cut(device, false);
            }
        }
        for (int device = 0; device < devices; device++) {
            islands.cut(device, false);
        }
        islands.weather(Weather.CALM);
        islands.run(Duration.ofMinutes(1));
        return islands.outcome();
    }
}
