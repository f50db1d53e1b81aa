package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.unit.Moment;
import dev.byway.core.unit.Rate;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UploadBudgetTest {
    static final long SECOND = 1_000_000_000L;
    static final int LARGEST = 65_536;
    private static final Moment START = new Moment(-7 * SECOND);

    private record Granted(long at, int bytes) {}

    private static BigInteger nanoBytes(long bytes) {
        return BigInteger.valueOf(bytes).multiply(BigInteger.valueOf(SECOND));
    }

    @Property
    void inAnyIntervalNoMoreGoesOutThanTheRateAndOneBurst(
            @ForAll @LongRange(min = 1, max = 20_000_000_000L) long rate,
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = LARGEST) Integer> sizes,
            @ForAll @Size(min = 60, max = 60) List<@LongRange(max = SECOND) Long> pauses) {
        UploadBudget budget = new UploadBudget(new Rate(rate), LARGEST, START);
        List<Granted> granted = new ArrayList<>();
        Moment now = START;
        for (int i = 0; i < sizes.size(); i++) {
            granted.add(new Granted(now.nanos() + budget.reserve(sizes.get(i), now), sizes.get(i)));
            now = now.plusNanos(pauses.get(i) % 3 == 0 ? 0 : pauses.get(i));
        }
        for (int from = 0; from < granted.size(); from++) {
            long bytes = 0;
            for (int to = from; to < granted.size(); to++) {
                bytes += granted.get(to).bytes();
                long time = granted.get(to).at() - granted.get(from).at();
                assertThat(time).as("nobody is overtaken").isNotNegative();
                BigInteger most = BigInteger.valueOf(time)
                        .multiply(BigInteger.valueOf(rate))
                        .add(nanoBytes(budget.burst()));
                assertThat(nanoBytes(bytes)).isLessThanOrEqualTo(most);
            }
        }
    }

    @Property
    void everyLinkGetsItsTurnAndTheRateIsUsed(
            @ForAll @LongRange(min = 1000, max = 10_000_000_000L) long rate,
            @ForAll @IntRange(min = 1, max = 200) int links) {
        UploadBudget budget = new UploadBudget(new Rate(rate), LARGEST, START);
        Moment now = START;
        long longest = Math.ceilDiv(links * (LARGEST * SECOND), rate) + links;
        for (int round = 0; round < 3; round++) {
            Moment last = now;
            for (int link = 0; link < links; link++) {
                long wait = budget.reserve(LARGEST, now);
                assertThat(wait).isBetween(0L, longest);
                last = now.plusNanos(wait);
            }
            now = last;
        }
        long bytes = 3L * links * LARGEST;
        long time = Math.ceilDiv(nanoBytes(bytes).longValueExact(), rate) + 3L * links;
        assertThat(now.nanos() - START.nanos()).as("no time is wasted").isLessThanOrEqualTo(time);
    }

    @Test
    void aRestFillsTheBucketAndNoMore() {
        UploadBudget budget = new UploadBudget(new Rate(1000), 500, START);
        assertThat(budget.burst()).isEqualTo(500);
        assertThat(budget.reserve(500, START)).isZero();
        assertThat(budget.reserve(500, START)).isEqualTo(SECOND / 2);
        Moment later = START.plusNanos(3600 * SECOND);
        assertThat(budget.reserve(500, later)).isZero();
        assertThat(budget.reserve(1, later)).isEqualTo(SECOND / 1000);
    }

    @Test
    void whoWakesUpLateLosesNothing() {
        UploadBudget budget = new UploadBudget(new Rate(1_000_000_000), LARGEST, START);
        Moment now = START;
        for (int i = 0; i < 10_000; i++) {
            long wait = budget.reserve(LARGEST, now);
            now = wait > 0 ? now.plusNanos(wait + SECOND / 1000) : now;
        }
        assertThat(now.nanos() - START.nanos()).isBetween(630_000_000L, 660_000_000L);
    }

    @Test
    void aRateOfNothingIsNoBudget() {
        assertThatThrownBy(() -> new UploadBudget(Rate.ZERO, LARGEST, START)).hasMessageContaining("no budget");
    }
}
