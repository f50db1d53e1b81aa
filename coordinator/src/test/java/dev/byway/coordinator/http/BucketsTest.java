package dev.byway.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private Moment time = Moment.ZERO;
    private final Buckets buckets = new Buckets(() -> time);

    @Test
    void aBurstIsTakenThenTheRateAndTheWaitIsExact() {
        for (int i = 0; i < Quota.PROBE.burst(); i++) {
            assertThat(buckets.take("device", Quota.PROBE)).isEmpty();
        }
        Duration wait = buckets.take("device", Quota.PROBE).orElseThrow();
        assertThat(wait).isEqualTo(Duration.ofSeconds(10));
        time = time.plus(wait.minusMillis(1));
        assertThat(buckets.take("device", Quota.PROBE)).isPresent();
        time = time.plus(Duration.ofMillis(2));
        assertThat(buckets.take("device", Quota.PROBE)).isEmpty();
    }

    @Test
    void callersAndQuotasDoNotPayForEachOther() {
        for (int i = 0; i < Quota.PROBE.burst(); i++) {
            assertThat(buckets.take("one", Quota.PROBE)).isEmpty();
        }
        assertThat(buckets.take("one", Quota.PROBE)).isPresent();
        assertThat(buckets.take("other", Quota.PROBE)).isEmpty();
        assertThat(buckets.take("one", Quota.CONNECT)).isEmpty();
    }

    @Test
    void noNumberOfCallersFillsTheMemory() {
        for (int i = 0; i < Buckets.MAX + 1000; i++) {
            assertThat(buckets.take("caller " + i, Quota.STRANGER)).isEmpty();
        }
        assertThat(buckets.size()).isEqualTo(Buckets.MAX);
    }
}
