package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private static Moment at(long millis) {
        return Moment.ZERO.plus(Duration.ofMillis(millis));
    }

    @Test
    void eachCauseIsOneLineWithTheTimeOfAllItsWaits() {
        Waits waits = new Waits(at(1000));
        waits.now(Optional.of(Waits.Cause.DIALLING), at(1000));
        waits.now(Optional.of(Waits.Cause.DIALLING), at(1100));
        waits.now(Optional.of(Waits.Cause.COORDINATOR), at(1300));
        waits.now(Optional.empty(), at(1550));
        waits.now(Optional.of(Waits.Cause.DIALLING), at(2000));
        waits.now(Optional.empty(), at(2100));
        assertThat(waits.reasons())
                .containsExactly(
                        Reason.of("coordinator", ReasonCode.WAITED, "0.3 s for the coordinator to name neighbours")
                                .at(new Reason.Timing(
                                        Duration.ofMillis(300), Duration.ofMillis(550), 1, Duration.ofMillis(250))),
                        Reason.of("neighbours", ReasonCode.WAITED, "0.4 s for neighbours being dialled")
                                .at(new Reason.Timing(
                                        Duration.ZERO, Duration.ofMillis(1100), 2, Duration.ofMillis(400))));
    }

    @Test
    void aMomentIsNotWorthAWord() {
        Waits waits = new Waits(at(0));
        waits.now(Optional.of(Waits.Cause.TURN), at(0));
        waits.now(Optional.empty(), at(49));
        assertThat(waits.reasons()).isEmpty();
    }

    @Property
    void howeverOftenItWaitsTheStoryStaysShortAndNoTimeIsCountedTwice(
            @ForAll List<Waits.Cause> causes, @ForAll @IntRange(min = 1, max = 5000) int step) {
        Waits waits = new Waits(at(0));
        long time = 0;
        for (Waits.Cause cause : causes) {
            waits.now(Optional.of(cause), at(time));
            time += step;
        }
        waits.now(Optional.empty(), at(time));
        List<Reason> reasons = waits.reasons();
        assertThat(reasons).hasSizeLessThanOrEqualTo(Waits.Cause.values().length);
        long sum = reasons.stream()
                .mapToLong(reason -> reason.timing().orElseThrow().waited().toMillis())
                .sum();
        assertThat(sum).isLessThanOrEqualTo(time);
    }
}
