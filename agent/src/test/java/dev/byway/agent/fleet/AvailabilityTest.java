package dev.byway.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.fleet.CoordinatorState.NotTried;
import dev.byway.agent.fleet.CoordinatorState.Reachable;
import dev.byway.agent.fleet.CoordinatorState.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
    private static final CallLimits HOURS =
            new CallLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(2));

    private Instant time = Instant.parse("2026-01-01T00:00:00Z");
    private final Availability availability = new Availability(HOURS, () -> time, new SplittableRandom(1));

    @Test
    void aFailureIsRememberedWithItsFirstMomentAndLastReason() {
        assertThat(availability.state()).isEqualTo(new NotTried());
        availability.failed("refused");
        Instant first = time;
        time = time.plusSeconds(60);
        availability.failed("no answer");
        assertThat(availability.state()).isEqualTo(new Unreachable(first, "no answer"));
    }

    @Test
    void callsPauseAfterAFailureAndNotAfterAnAnswer() {
        assertThat(availability.pausing()).isEmpty();
        availability.failed("refused");
        assertThat(availability.pausing()).isPresent();
        availability.answered();
        assertThat(availability.pausing()).isEmpty();
        assertThat(availability.state()).isEqualTo(new Reachable(time));
    }
}
