package dev.byway.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    @Test
    void aLineIsFoundExactly() {
        Trend trend = Trend.of(List.of(10.0, 12.0, 14.0, 16.0));
        assertThat(trend.mean()).isEqualTo(13);
        assertThat(trend.perStep()).isCloseTo(2, within(1e-9));
        assertThat(trend.error()).isCloseTo(0, within(1e-9));
        assertThat(trend.rises()).isTrue();
    }

    @Test
    void noiseIsFlat() {
        Random random = new Random(5);
        assertThat(Trend.of(IntStream.range(0, 30)
                                .mapToObj(_ -> 100 + random.nextGaussian())
                                .toList())
                        .rises())
                .isFalse();
    }

    @Test
    void aLeakIsSeenThroughNoise() {
        Random random = new Random(5);
        Trend trend = Trend.of(IntStream.range(0, 30)
                .mapToObj(minute -> 100 + 0.4 * minute + 2 * random.nextGaussian())
                .toList());
        assertThat(trend.rises()).as(trend::toString).isTrue();
    }

    @Test
    void twoPointsAreNoLine() {
        assertThatIllegalArgumentException().isThrownBy(() -> Trend.of(List.of(1.0, 2.0)));
    }
}
