package dev.byway.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The swarm's promises, over many seeds. A failure names its seed; {@code Fleet.run(scenario, seed)} repeats it. */
class OfficeTest {
    private static final long MIB = 1 << 20;

    @Test
    void aFlashCrowdTakesTheFileFromOutsideAboutOnce() {
        for (int seed = 1; seed <= 5; seed++) {
            Result result = Fleet.run(Scenario.flashCrowd(8, 50 * MIB, 50, 20), seed);
            assertThat(result.done()).as("%s", result).isEqualTo(8);
            assertThat(result.copies()).as("%s", result).isLessThan(1.12);
            assertThat(result.lastOverIdeal()).as("%s", result).isLessThan(1.25);
        }
    }

    /** Four devices that the line feeds at once, on a machine so busy that word takes longer than a piece. */
    @Test
    void lateWordCostsFewBytes() {
        for (int seed = 1; seed <= 3; seed++) {
            Scenario busy = Scenario.flashCrowd(4, 256 * MIB, 1000, 160).withLatency(Duration.ofMillis(100));
            Result result = Fleet.run(busy, seed);
            assertThat(result.copies()).as("%s", result).isLessThan(1.05);
            assertThat(result.lastOverIdeal()).as("%s", result).isLessThan(1.15);
        }
    }

    /**
     * Behind a line on which a piece takes longer than word does, many ask for the same one before they hear of each other. All but
     * one then leave it, and nobody begins again: else what was asked for in vain fills the line, and nobody gets anything.
     */
    @Test
    void whoLeavesAPieceToAnotherDoesNotAskForItAgain() {
        for (int seed = 1; seed <= 5; seed++) {
            for (int word : new int[] {100, 300, 1000}) {
                Scenario crowd = Scenario.flashCrowd(20, MIB / 4, 1, 0.5).withLatency(Duration.ofMillis(word));
                Result result = Fleet.run(crowd, seed);
                assertThat(result.done()).as("%s", result).isEqualTo(20);
                assertThat(result.requests()).as("%s", result).isLessThan(30);
            }
        }
    }

    @Test
    void aCrowdBehindAThinLineFetchesAboutOneCopy() {
        for (int seed = 1; seed <= 3; seed++) {
            Result result = Fleet.run(Scenario.flashCrowd(20, 10 * MIB, 4, 2), seed);
            assertThat(result.copies()).as("%s", result).isLessThan(1.1);
            assertThat(result.lastOverIdeal()).as("%s", result).isLessThan(1.35);
        }
    }

    /** Where all leases run out because the line is slow, nobody lied: who brings the piece all the same is believed again. */
    @Test
    void aCrowdThatBeganAllAtOnceBehindAThinLineFindsTogetherAgain() {
        for (int seed = 1; seed <= 2; seed++) {
            Scenario crowd = Scenario.flashCrowd(20, 128 * MIB, 4, 2).withLatency(Duration.ofMillis(300));
            Result result = Fleet.run(crowd, seed);
            assertThat(result.copies()).as("%s", result).isLessThan(1.2);
            assertThat(result.lastOverIdeal()).as("%s", result).isLessThan(1.3);
        }
    }

    /** What another office holds crosses a line once, and the origin sends about one copy to all offices together. */
    @Test
    void officesTakeItFromEachOther() {
        for (int seed = 1; seed <= 4; seed++) {
            for (Scenario scenario : List.of(offices(6, 3), offices(12, 3), offices(20, 2), offices(16, 8))) {
                Result result = Fleet.run(scenario, seed);
                assertThat(result.done()).as("%s", result).isEqualTo(scenario.devices());
                assertThat(result.copies()).as("%s", result).isLessThan(1.5);
                assertThat(result.mostCopiesOnALine()).as("%s", result).isLessThan(1.7);
                assertThat(result.lastOverIdeal()).as("%s", result).isLessThan(2.2);
            }
        }
    }

    private static Scenario offices(int devices, int sites) {
        return Scenario.flashCrowd(devices, 24 * MIB, 1000, 20).acrossSites(sites, Duration.ofMillis(30));
    }

    @Test
    void fiftyDevicesBehindAThinLineAllFinish() {
        Result result = Fleet.run(Scenario.flashCrowd(50, 32 * MIB, 50, 20), 1);
        assertThat(result.done()).as("%s", result).isEqualTo(50);
        assertThat(result.copies()).as("%s", result).isLessThan(1.15);
        assertThat(result.lastOverIdeal()).as("%s", result).isLessThan(1.5);
    }

    @Test
    void fiftyDevicesWithEveryKindOfTroubleFinish() {
        Scenario scenario = Scenario.flashCrowd(50, 16 * MIB, 50, 20)
                .withLiars(2, 2, 2)
                .withTrouble(10, 5)
                .withArrivals(Duration.ofSeconds(3));
        Result result = Fleet.run(scenario, 1);
        assertThat(result.done()).as("%s", result).isGreaterThanOrEqualTo(45);
        assertThat(result.copies()).as("%s", result).isLessThan(3);
        assertThat(result.lastOverIdeal()).as("%s", result).isLessThan(6);
    }

    @Test
    void aloneItIsAsFastAsTheLine() {
        Result result = Fleet.run(Scenario.flashCrowd(1, 50 * MIB, 50, 20), 1);
        assertThat(result.copies()).isEqualTo(1.0);
        assertThat(result.lastOverIdeal()).isLessThan(1.02);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Scenario scenario = Scenario.flashCrowd(6, 8 * MIB, 50, 20)
                .withLiars(1, 1, 1)
                .withTrouble(3, 1)
                .withArrivals(Duration.ofSeconds(2));
        assertThat(Fleet.run(scenario, 7)).hasToString(Fleet.run(scenario, 7).toString());
    }

    @Test
    void liarsCostTimeAndNothingElse() {
        for (int seed = 1; seed <= 5; seed++) {
            Result result = Fleet.run(Scenario.flashCrowd(8, 24 * MIB, 50, 20).withLiars(2, 2, 2), seed);
            assertThat(result.done()).as("%s", result).isEqualTo(8);
            assertThat(result.lastOverIdeal()).as("%s", result).isLessThan(5);
        }
    }

    @Test
    void twoThousandSmallOfficesWithEveryKindOfTroubleEndWell() {
        smallOffices(1, 2000);
    }

    @Test
    @Tag("long")
    void thirtyThousandSmallOfficesWithEveryKindOfTroubleEndWell() {
        smallOffices(2000, 32_000);
    }

    private static void smallOffices(int from, int to) {
        for (int seed = from; seed < to; seed++) {
            Scenario scenario = randomOffice(new SplittableRandom(seed));
            Result result = Fleet.run(scenario, seed);
            int mustFinish = scenario.mustFinish();
            assertThat(result.done()).as("%s %s", result, scenario).isGreaterThanOrEqualTo(mustFinish);
            assertThat(result.last()).as("%s %s", result, scenario).isLessThan(3 * scenario.idealSeconds() + 60);
        }
    }

    private static Scenario randomOffice(SplittableRandom random) {
        int devices = random.nextInt(2, 10);
        return Scenario.flashCrowd(
                        devices, random.nextLong(1, 8 * MIB), random.nextInt(10, 200), random.nextInt(5, 100))
                .withLiars(random.nextInt(2), random.nextInt(2), random.nextInt(2))
                .withTrouble(random.nextInt(4), random.nextInt(devices - 1))
                .withArrivals(Duration.ofSeconds(random.nextInt(5)))
                .withLatency(Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(300) : 1))
                .acrossSites(random.nextInt(1, 4), Duration.ofMillis(random.nextInt(100)));
    }
}
