package dev.byway.sim.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.sim.fleet.Result;
import dev.byway.sim.fleet.Scenario;
import dev.byway.sim.time.InvariantBroken;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What the ready scenarios promise. A failure prints the command that repeats it. */
class ReadyTest {
    private static Result run(Ready ready, int devices, int megabytes) {
        return new Replay(ready, devices, megabytes, 1).run(false);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HUGE")
    void eachRunsSmallAndIsTheSameTwice(Ready ready) {
        Replay replay = new Replay(ready, 12, ready == Ready.RANDOM ? 0 : 2, 5);
        assertThat(replay.run(false)).hasToString(replay.run(true).toString());
    }

    @Test
    void oneCoreGivesTheSameRunAsAll() {
        Replay replay = new Replay(Ready.BRANCH_OFFICES, 24, 2, 3);
        try (ForkJoinPool one = new ForkJoinPool(1)) {
            Result alone = one.submit(() -> replay.run(false)).join();
            assertThat(replay.run(false)).hasToString(alone.toString());
        }
    }

    @Test
    void aSlowNeighbourOfAnotherSiteMakesItHardlySlower() {
        Result result = run(Ready.SLOW_NEIGHBOUR, 2, 0);
        assertThat(result.last()).as("%s", result).isLessThan(result.scenario().idealSeconds() + 3);
    }

    @Test
    void aSlowDeviceNeitherSlowsOthersNorStarves() {
        Result result = run(Ready.MIXED_SPEEDS, 16, 128);
        double itsCable = result.scenario().bytes() * 8 / 10e6;
        assertThat(result.medianOverIdeal()).as("%s", result).isLessThan(1.2);
        assertThat(result.last()).as("%s", result).isLessThan(1.1 * itsCable);
    }

    @Test
    void aSmallFileDoesNotWaitForASlowDeviceEither() {
        Result result = run(Ready.MIXED_SPEEDS, 12, 63);
        assertThat(result.medianOverIdeal()).as("%s", result).isLessThan(1.2);
        Result smaller = run(Ready.MIXED_SPEEDS, 12, 32);
        assertThat(smaller.medianOverIdeal()).as("%s", smaller).isLessThan(2.5);
    }

    @Test
    void whoComesLateFindsNeighboursWithRoom() {
        Result result = run(Ready.OFFICE_MORNING, 60, 64);
        assertThat(result.copies()).as("%s", result).isLessThan(1.15);
    }

    @Test
    void freeRidersCostNobodyMuch() {
        Result result = run(Ready.FREE_RIDERS, 21, 16);
        assertThat(result.done()).as("%s", result).isEqualTo(21);
        assertThat(result.copies()).as("%s", result).isLessThan(1.5);
    }

    @Test
    void aFullDiskIsSaidAndADamagedPieceComesAgain() {
        Result result = run(Ready.BAD_DISKS, 12, 8);
        assertThat(result.devices())
                .filteredOn(device -> !device.failed().isEmpty())
                .hasSize(1);
        assertThat(result.devices().getLast().failed()).isEqualTo("disk full");
        assertThat(result.done()).as("%s", result).isEqualTo(11);
    }

    @Test
    void whoComesAfterTheCoordinatorIsGoneFindsItsSiteAndTheOrigin() {
        Result result = run(Ready.COORDINATOR_GONE, 40, 8);
        assertThat(result.done()).as("%s", result).isEqualTo(40);
    }

    @Test
    void theCommandRepeatsTheRun() {
        Replay replay = new Replay(Ready.FLASH_CROWD, 4, 1, 9);
        assertThat(replay.command()).isEqualTo("./byway sim flash-crowd --devices 4 --megabytes 1 --seed 9 --trace");
    }

    @Test
    void aBrokenInvariantTellsWhatWasBeforeAndHowToRepeatIt() {
        Replay replay = new Replay(Ready.FLASH_CROWD, 2, 1, 9);
        assertThat(replay.repeatable(new InvariantBroken("seed 9, device 1: something")))
                .hasMessageStartingWith("seed 9, device 1: something")
                .hasMessageContaining("device 1 has proved piece 0")
                .hasMessageEndingWith("again: " + replay.command());
    }

    @Test
    @Tag("long")
    void twoHundredGigabytesAndADay() {
        Result huge = run(Ready.HUGE, 4, 0);
        assertThat(huge.done()).as("%s", huge).isEqualTo(4);
        assertThat(huge.copies()).as("%s", huge).isLessThan(1.05);
        Result day = run(Ready.DAY, 30, 0);
        assertThat(day.devices())
                .allSatisfy(device -> assertThat(device.finishes()).hasSizeGreaterThan(10));
    }

    @Test
    void fiveHundredRandomFleetsEndWell() {
        for (int seed = 1; seed <= 500; seed++) {
            Result result = Replay.of(Ready.RANDOM, seed).run(false);
            Scenario scenario = result.scenario();
            String again = Replay.of(Ready.RANDOM, seed).command();
            assertThat(result.done()).as("%s\nagain: %s", result, again).isGreaterThanOrEqualTo(scenario.mustFinish());
            assertThat(result.last()).as("%s\nagain: %s", result, again).isLessThan(3 * scenario.idealSeconds() + 90);
        }
    }
}
