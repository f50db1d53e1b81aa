package dev.byway.core.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LearningProperties {
    private final Learning learning = new Learning(
            new LearnLimits(100, 250, 3, 2, 5, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofSeconds(5)),
            Moment.ZERO);

    @Property(tries = 200)
    void neverMoreThanADaysBytesInADayAndAtFirst(
            @ForAll @Size(max = 50) List<@IntRange(min = 1, max = 120) Integer> files) {
        long taken = 0;
        for (int i = 0; i < files.size(); i++) {
            Moment now = Moment.ZERO.plus(Duration.ofHours(i));
            if (learning.take(files.get(i), now).isEmpty()) {
                taken += files.get(i);
            }
            assertThat(taken).isLessThanOrEqualTo((long) (250 + 250 * i / 24.0));
        }
    }
}
