package dev.byway.core.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.learning.Learning.Said;
import dev.byway.core.learning.Learning.Word;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static final LearnLimits LIMITS =
            new LearnLimits(100, 250, 3, 2, 5, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofSeconds(5));

    private final Learning learning = new Learning(LIMITS, Moment.ZERO);

    private static Moment at(Duration time) {
        return Moment.ZERO.plus(time);
    }

    private Word lookedUp(Said said, Moment read, Moment now) {
        return learning.lookedUp("u", said, read, "a", now);
    }

    @Test
    void whoAsksFirstHasItFetchedAndOthersWait() {
        assertThat(lookedUp(Said.NOTHING, Moment.ZERO, Moment.ZERO)).isEqualTo(new Word.Begin());
        assertThat(lookedUp(Said.NOTHING, Moment.ZERO, Moment.ZERO)).isEqualTo(new Word.UnderWay());
        assertThat(learning.asked("u", "b", Moment.ZERO)).isEqualTo(new Word.UnderWay());
    }

    @Test
    void whoLookedBeforeItWasKnownLooksAgain() {
        learning.asked("u", "a", Moment.ZERO);
        learning.learned("u", at(Duration.ofSeconds(2)));

        for (Said said : Said.values()) {
            assertThat(lookedUp(said, at(Duration.ofSeconds(1)), at(Duration.ofSeconds(3))))
                    .as("%s", said)
                    .isEqualTo(new Word.ReadAgain());
        }
        assertThat(lookedUp(Said.LEARNED, at(Duration.ofSeconds(3)), at(Duration.ofSeconds(3))))
                .isEqualTo(new Word.AsSaid());
    }

    @Test
    void whatFailedIsLeftAloneForAWhileAndTheReasonIsTold() {
        learning.asked("u", "a", Moment.ZERO);
        learning.failed("u", "it is private", Moment.ZERO);

        assertThat(learning.asked("u", "b", at(Duration.ofMinutes(9)))).isEqualTo(new Word.No("it is private"));
        assertThat(learning.asked("u", "b", at(Duration.ofMinutes(10)))).isEqualTo(new Word.Begin());
    }

    @Test
    void oneThatAsksForMuchCostsOnlyItself() {
        for (int i = 0; i < 5; i++) {
            assertThat(learning.asked("u" + i, "greedy", Moment.ZERO)).isEqualTo(new Word.Begin());
            learning.learned("u" + i, Moment.ZERO);
        }
        assertThat(learning.asked("more", "greedy", Moment.ZERO)).isInstanceOf(Word.No.class);
        assertThat(learning.asked("more", "other", Moment.ZERO)).isEqualTo(new Word.Begin());
        assertThat(learning.asked("later", "greedy", at(Duration.ofHours(5)))).isEqualTo(new Word.Begin());
    }

    @Test
    void oneThatAsksForMuchAtOnceLeavesPlacesForOthers() {
        learning.asked("1", "greedy", Moment.ZERO);
        learning.asked("2", "greedy", Moment.ZERO);

        assertThat(learning.asked("3", "greedy", Moment.ZERO)).isInstanceOf(Word.No.class);
        assertThat(learning.asked("3", "other", Moment.ZERO)).isEqualTo(new Word.Begin());
    }

    @Test
    void soManyAreUnderWayAtMost() {
        List.of("1", "2", "3").forEach(url -> learning.asked(url, url, Moment.ZERO));

        assertThat(learning.asked("4", "4", Moment.ZERO)).isInstanceOf(Word.No.class);
        learning.failed("2", "gone", Moment.ZERO);
        assertThat(learning.asked("4", "4", Moment.ZERO)).isEqualTo(new Word.Begin());
    }

    @Test
    void aDayHasSoManyBytes() {
        assertThat(learning.take(101, Moment.ZERO))
                .hasValueSatisfying(why -> assertThat(why).contains("learn.maxFileSize"));
        assertThat(learning.take(100, Moment.ZERO)).isEmpty();
        assertThat(learning.take(100, Moment.ZERO)).isEmpty();
        assertThat(learning.take(60, Moment.ZERO))
                .hasValueSatisfying(why -> assertThat(why).contains("learn.bytesPerDay"));
        assertThat(learning.take(60, at(Duration.ofHours(2)))).isEmpty();
    }

    @Test
    void whatIsKnownIsLookedAtAgainAfterAWhile() {
        learning.asked("u", "a", Moment.ZERO);
        learning.learned("u", Moment.ZERO);
        Moment read = at(Duration.ofSeconds(1));

        assertThat(lookedUp(Said.LEARNED, read, at(Duration.ofSeconds(59)))).isEqualTo(new Word.AsSaid());
        assertThat(lookedUp(Said.LEARNED, read, at(Duration.ofSeconds(60)))).isEqualTo(new Word.LookAgain());
        assertThat(lookedUp(Said.LEARNED, read, at(Duration.ofSeconds(61)))).isEqualTo(new Word.AsSaid());
    }

    @Test
    void whatIsDoubtedIsLookedAtSoonerAndThenFetched() {
        learning.asked("u", "a", Moment.ZERO);
        learning.learned("u", Moment.ZERO);
        Moment read = at(Duration.ofSeconds(1));

        assertThat(lookedUp(Said.DOUBTED, read, at(Duration.ofSeconds(4)))).isEqualTo(new Word.AsSaid());
        assertThat(lookedUp(Said.DOUBTED, read, at(Duration.ofSeconds(5)))).isEqualTo(new Word.Begin());
    }

    @Test
    void whatWasLearnedBeforeTheProgramStartedIsLookedAt() {
        assertThat(lookedUp(Said.LEARNED, Moment.ZERO, Moment.ZERO)).isEqualTo(new Word.LookAgain());
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int i = 0; i < 3 * Learning.MOST_REMEMBERED; i++) {
            learning.asked("u" + i, "a" + i, Moment.ZERO);
            learning.failed("u" + i, "no", Moment.ZERO);
        }
        assertThat(learning.asked("u0", "b", Moment.ZERO)).as("forgotten").isEqualTo(new Word.Begin());
        assertThat(learning.asked("u29999", "b", Moment.ZERO)).isEqualTo(new Word.No("no"));
    }
}
