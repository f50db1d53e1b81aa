package dev.byway.core.seeking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeekingTest {
    private static final Digest FILE = Digest.sha256(new byte[] {1});
    private static final ContentId CONTENT = new ContentId(Digest.sha256(new byte[] {2}), 50 << 20);
    private static final int PIECE = 1 << 18;
    private static final SeekTimes TIMES = SeekTimes.DEFAULT;

    /** In the order of their turns. */
    private static final List<DeviceId> DEVICES = IntStream.range(0, 3)
            .mapToObj(i -> new DeviceId(Digest.sha256(new byte[] {(byte) i})))
            .sorted(Comparator.comparing(SeekingTest::rank, Arrays::compareUnsigned))
            .toList();

    private static byte[] rank(DeviceId device) {
        byte[] both = Arrays.copyOf(FILE.bytes(), 64);
        System.arraycopy(device.key().bytes(), 0, both, 32, 32);
        return Digest.sha256(both).bytes();
    }

    private static Moment at(double seconds) {
        return Moment.ZERO.plus(Duration.ofMillis((long) (seconds * 1000)));
    }

    private static Seeking seeking(int self) {
        Seeking seeking = new Seeking(FILE, CONTENT.length(), DEVICES.get(self), at(0), TIMES);
        seeking.expecting(0, false);
        return seeking;
    }

    @Test
    void whoIsAloneFetchesAtOnce() {
        assertThat(seeking(0).next(at(0))).isEqualTo(new Step.Fetch());
    }

    @Test
    void whoDoesNotKnowWhoIsThereWaitsABoundedTime() {
        Seeking seeking = new Seeking(FILE, CONTENT.length(), DEVICES.getFirst(), at(0), TIMES);

        assertThat(seeking.next(at(0))).isEqualTo(new Step.Wait(at(1.5), Optional.empty()));
        assertThat(seeking.next(at(1.5))).isEqualTo(new Step.Fetch());
    }

    @Test
    void aNeighbourThatSaysNothingIsNotWaitedForLong() {
        Seeking seeking = seeking(1);
        seeking.asked(7, DEVICES.getFirst(), at(0));

        assertThat(seeking.next(at(0))).isEqualTo(new Step.Wait(at(0.5), Optional.empty()));
        assertThat(seeking.next(at(0.5))).isEqualTo(new Step.Fetch());
    }

    @Test
    void whoHasItGivesIt() {
        Seeking seeking = seeking(0);
        seeking.asked(7, DEVICES.get(1), at(0));
        seeking.holds(7, CONTENT, PIECE);

        assertThat(seeking.next(at(0))).isEqualTo(new Step.Take(7, CONTENT, PIECE));
    }

    @Test
    void ofTwoThatBeginTogetherTheLowerRankFetches() {
        Seeking first = seeking(0);
        Seeking second = seeking(1);
        first.asked(7, DEVICES.get(1), at(0));
        first.lacks(7);
        first.seeks(7, true, at(0));
        second.asked(7, DEVICES.get(0), at(0));
        second.lacks(7);
        second.seeks(7, true, at(0));

        assertThat(first.next(at(0.01))).isEqualTo(new Step.Fetch());
        assertThat(second.next(at(0.01))).isEqualTo(new Step.Wait(at(1), Optional.empty()));

        second.fetches(7, 0, at(0.02));
        assertThat(second.next(at(0.02))).isEqualTo(new Step.Wait(at(5.02), Optional.of(7L)));
    }

    @Test
    void whoseTurnItIsAndDoesNothingLosesIt() {
        Seeking third = seeking(2);
        third.asked(1, DEVICES.get(0), at(0));
        third.asked(2, DEVICES.get(1), at(0));
        List.of(1L, 2L).forEach(third::lacks);
        List.of(1L, 2L).forEach(peer -> third.seeks(peer, true, at(0)));

        assertThat(third.next(at(1.5))).isEqualTo(new Step.Wait(at(2), Optional.empty()));
        assertThat(third.next(at(2))).isEqualTo(new Step.Fetch());
    }

    @Test
    void whoFetchesIsWaitedForAsLongAsNewBytesCome() {
        Seeking seeking = seeking(1);
        seeking.asked(7, DEVICES.getFirst(), at(0));
        for (int second = 0; second < 20; second++) {
            seeking.fetches(7, second * 2_500_000L, at(second));
            assertThat(seeking.next(at(second + 0.9))).isInstanceOf(Step.Wait.class);
        }
        seeking.fetches(7, CONTENT.length(), at(20));

        assertThat(seeking.next(at(26))).as("it hashes and keeps it").isInstanceOf(Step.Wait.class);
        assertThat(seeking.next(at(27))).isEqualTo(new Step.Fetch());
    }

    @Test
    void falseProgressDelaysABoundedTime() {
        Seeking seeking = seeking(1);
        seeking.asked(7, DEVICES.getFirst(), at(0));
        double second = 0;
        while (second < 100 && seeking.next(at(second)) instanceof Step.Wait) {
            seeking.fetches(7, (long) (second * 1000), at(second));
            second++;
        }

        assertThat(second).as("seconds that a liar cost").isBetween(10.0, 11.0);
        seeking.fetches(7, CONTENT.length(), at(second + 1));
        assertThat(seeking.next(at(second + 1))).as("once not, never again").isEqualTo(new Step.Fetch());
    }

    @Test
    void aNeighbourCannotMakeTheFileLonger() {
        Seeking seeking = seeking(1);
        seeking.asked(7, DEVICES.getFirst(), at(0));
        seeking.fetches(7, ContentId.MAX_LENGTH, at(0));

        assertThat(seeking.next(at(6))).isInstanceOf(Step.Wait.class);
        assertThat(seeking.next(at(7))).as("5 s, and what 50 MiB take").isEqualTo(new Step.Fetch());
    }

    @Test
    void neighboursThatTakeTurnsInPretendingCostABoundedTime() {
        Seeking seeking = seeking(1);
        double second = 0;
        for (long peer = 0; peer < 1000 && second < 10_000; peer++) {
            seeking.asked(peer, DEVICES.getFirst(), at(second));
            seeking.fetches(peer, 0, at(second));
            if (!(seeking.next(at(second)) instanceof Step.Wait)) {
                break;
            }
            second += 4.9;
        }

        assertThat(second).as("20 s, and what 256 KiB/s take").isBetween(200.0, 230.0);
    }

    @Test
    void afterTwoThatGiveNothingNobodyIsAsked() {
        Seeking seeking = seeking(0);
        for (long peer = 1; peer <= 3; peer++) {
            seeking.asked(peer, DEVICES.get(1), at(0));
            seeking.holds(peer, CONTENT, PIECE);
        }
        seeking.gaveNothing(1);
        assertThat(seeking.next(at(0))).isInstanceOf(Step.Take.class);
        seeking.gaveNothing(2);
        assertThat(seeking.next(at(0))).isEqualTo(new Step.Fetch());
    }

    @Test
    void whoGivesUpIsNotWaitedForAndTheNextHasItsTurn() {
        Seeking seeking = seeking(1);
        seeking.asked(7, DEVICES.getFirst(), at(0));
        seeking.seeks(7, true, at(0));
        seeking.fetches(7, 0, at(0));
        assertThat(seeking.next(at(1))).isInstanceOf(Step.Wait.class);
        seeking.lacks(7);

        assertThat(seeking.next(at(1))).isEqualTo(new Step.Fetch());
    }

    @Test
    void whoseLinkIsGoneIsNotWaitedFor() {
        Seeking seeking = seeking(1);
        seeking.asked(7, DEVICES.getFirst(), at(0));
        seeking.fetches(7, 0, at(0));
        seeking.left(7);

        assertThat(seeking.next(at(1))).isEqualTo(new Step.Fetch());
    }

    @Test
    void afterOneLieNobodyIsBelieved() {
        Seeking seeking = seeking(0);
        seeking.asked(7, DEVICES.get(1), at(0));
        seeking.asked(8, DEVICES.get(2), at(0));
        seeking.holds(7, CONTENT, PIECE);
        seeking.holds(8, CONTENT, PIECE);
        seeking.outsideOnly();

        assertThat(seeking.next(at(0))).isEqualTo(new Step.Fetch());
    }

    @Test
    void wordOfWhoWasNotAskedCountsForNothing() {
        Seeking seeking = seeking(0);
        seeking.holds(9, CONTENT, PIECE);
        seeking.fetches(9, 0, at(0));

        assertThat(seeking.next(at(0))).isEqualTo(new Step.Fetch());
    }

    private static final long STEP = CONTENT.length() / 16;

    /** One that fetches, and has heard of another that does. */
    private static Seeking fetching(int self, long bytes, int other, long theirs) {
        Seeking seeking = seeking(self);
        seeking.asked(other, DEVICES.get(other), at(0));
        seeking.fetches(other, theirs, at(0));
        seeking.fetching(bytes, at(0));
        return seeking;
    }

    @Test
    void ofTwoThatFetchTheOneBehindGivesWay() {
        assertThat(fetching(0, STEP, 1, 3 * STEP).next(at(1))).isEqualTo(new Step.Wait(at(5), Optional.of(1L)));
        assertThat(fetching(1, 3 * STEP, 0, STEP).next(at(1))).isEqualTo(new Step.Fetch());
    }

    @Test
    void ofTwoThatAreAsFarTheLowerRankGoesOn() {
        assertThat(fetching(0, STEP, 1, STEP + 1).next(at(1))).isEqualTo(new Step.Fetch());
        assertThat(fetching(1, STEP + 1, 0, STEP).next(at(1))).isInstanceOf(Step.Wait.class);
    }

    @Test
    void whoIsNearlyDoneGoesOn() {
        assertThat(fetching(1, 15 * STEP, 0, CONTENT.length()).next(at(1))).isEqualTo(new Step.Fetch());
    }

    @Test
    void whoFetchesTakesItFromOneThatHasIt() {
        Seeking seeking = seeking(0);
        seeking.asked(1, DEVICES.get(1), at(0));
        seeking.fetching(10 * STEP, at(0));
        seeking.holds(1, CONTENT, PIECE);

        assertThat(seeking.next(at(1))).isEqualTo(new Step.Take(1, CONTENT, PIECE));
    }

    @Test
    void whoGaveWayInVainGoesOn() {
        Seeking seeking = fetching(1, 0, 0, STEP);
        assertThat(seeking.next(at(1))).isInstanceOf(Step.Wait.class);
        seeking.gaveWay(at(1));
        assertThat(seeking.next(at(4))).isInstanceOf(Step.Wait.class);

        assertThat(seeking.next(at(5))).as("nothing new for 5 s").isEqualTo(new Step.Fetch());
        seeking.fetching(0, at(0));
        seeking.fetches(0, 2 * STEP, at(6));
        assertThat(seeking.next(at(6))).as("once in vain, never again").isEqualTo(new Step.Fetch());
    }

    @Test
    void givesWayThreeTimesAtMost() {
        Seeking seeking = seeking(0);
        for (long peer = 1; peer <= 3; peer++) {
            seeking.fetching(0, at(0));
            seeking.asked(peer, DEVICES.get(1), at(0));
            seeking.fetches(peer, STEP, at(0));
            assertThat(seeking.next(at(0))).isInstanceOf(Step.Wait.class);
            seeking.gaveWay(at(0));
            seeking.lacks(peer);
            assertThat(seeking.next(at(0))).isEqualTo(new Step.Fetch());
        }
        seeking.fetching(0, at(0));
        seeking.asked(4, DEVICES.get(1), at(0));
        seeking.fetches(4, STEP, at(0));

        assertThat(seeking.next(at(0))).isEqualTo(new Step.Fetch());
    }

    @Test
    void whoWasFastDoesNotWaitLongForOneThatIsSlow() {
        Seeking seeking = seeking(0);
        seeking.fetching(0, at(0));
        seeking.fetching(8 * STEP, at(8));
        seeking.asked(1, DEVICES.get(1), at(8));
        seeking.fetches(1, 9 * STEP, at(8));
        assertThat(seeking.next(at(8))).isInstanceOf(Step.Wait.class);
        seeking.gaveWay(at(8));
        double second = 8;
        while (second < 200 && seeking.next(at(second)) instanceof Step.Wait) {
            second++;
            seeking.fetches(1, 9 * STEP + (long) ((second - 8) * 300 * 1024), at(second));
        }

        assertThat(second).as("8 s were left: twice that, and 10 s").isBetween(33.0, 35.0);
        seeking.fetching(8 * STEP, at(second));
        assertThat(seeking.next(at(second))).as("and not again").isEqualTo(new Step.Fetch());
    }
}
