package dev.byway.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "400, 0.4 s",
        "9999, 10.0 s",
        "41000, 41 s",
        "59600, 1 min",
        "200000, 3 min 20 s",
        "7500000, 2 h 5 min",
        "273600000, 3 d 4 h"
    })
    void timesReadLikeTimes(long millis, String words) {
        assertThat(Words.time(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "8900, 0:08", "760000, 12:40", "3723000, 1:02:03", "273600000, 3 d 4 h"})
    void aClockHasFewLetters(long millis, String clock) {
        assertThat(Words.clock(Duration.ofMillis(millis))).isEqualTo(clock);
    }

    @Test
    void longNamesAreCutInTheMiddle() {
        assertThat(Words.fit("short", 10)).isEqualTo("short");
        assertThat(Words.fit("abcdefghijklmnop.iso", 11))
                .hasSize(11)
                .startsWith("abcde")
                .endsWith(".iso");
    }

    @Test
    void oneIsNotMany() {
        assertThat(Words.count(1, "neighbour", "neighbours")).isEqualTo("1 neighbour");
        assertThat(Words.count(4, "neighbour", "neighbours")).isEqualTo("4 neighbours");
    }
}
