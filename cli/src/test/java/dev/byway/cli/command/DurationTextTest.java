package dev.byway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @Test
    void lengthsOfTimeAreRead() {
        assertThat(DurationText.parse("--valid", "90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(DurationText.parse("--valid", "45m")).isEqualTo(Duration.ofMinutes(45));
        assertThat(DurationText.parse("--valid", "12 h")).isEqualTo(Duration.ofHours(12));
        assertThat(DurationText.parse("--valid", "30d")).isEqualTo(Duration.ofDays(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "0d", "-1d", "1w", "1.5h", "9999999d"})
    void anythingElseIsWrongUsageThatNamesTheOption(String text) {
        assertThatThrownBy(() -> DurationText.parse("--valid", text))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("--valid");
    }
}
