package dev.byway.core.learning;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void whoAsksFirstHasItFetchedAndOthersWait() {
        assertThat(learning.asked("u", "a", Moment.ZERO)).isEqualTo(new Word.Begin());
        assertThat(learning.asked("u", "b", Moment.ZERO)).isEqualTo(new Word.UnderWay());
        assertThat(learning.isUnderWay("u")).isTrue();

        learning.learned("u", Moment.ZERO);
        assertThat(learning.isUnderWay("u")).isFalse();
        assertThat(learning.isNewerThan("u", Moment.ZERO)).isTrue();
        assertThat(learning.isNewerThan("u", at(Duration.ofSeconds(1)))).isFalse();
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

        assertThat(learning.looksAgain("u", false, at(Duration.ofSeconds(59)))).isFalse();
        assertThat(learning.looksAgain("u", false, at(Duration.ofSeconds(60)))).isTrue();
        assertThat(learning.looksAgain("u", true, at(Duration.ofSeconds(61)))).isFalse();
        assertThat(learning.looksAgain("u", true, at(Duration.ofSeconds(65))))
                .as("a device doubts it")
                .isTrue();
        assertThat(learning.looksAgain("unknown since the start", false, Moment.ZERO))
                .isTrue();
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
