package dev.byway.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.SourceBytes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClosingLineTest {
    private static final Duration TIME = Duration.ofSeconds(41);

    @Test
    void theLargestSourceComesFirst() {
        assertThat(ClosingLine.of(1L << 30, TIME, 0, new SourceBytes(7 << 20, 0, 93 << 20, 0, 0), 4))
                .isEqualTo("1 GB in 41 s: 93 % from 4 neighbours, 7 % from the origin");
    }

    @Test
    void whatWasHereAlreadyIsSaid() {
        assertThat(ClosingLine.of(1000, TIME, 1000, SourceBytes.NONE, 0))
                .isEqualTo("1000 B in 41 s: 100 % was here already");
    }

    @Test
    void aTraceIsNotCalledNothing() {
        assertThat(ClosingLine.of(1_000_000, TIME, 0, new SourceBytes(1, 0, 999_999, 0, 0), 1))
                .endsWith("100 % from 1 neighbour, under 1 % from the origin");
    }

    @Test
    void peersOfSeveralKindsAreNamedByKind() {
        assertThat(ClosingLine.of(100, TIME, 0, new SourceBytes(0, 10, 50, 20, 20), 9))
                .isEqualTo("100 B in 41 s: 50 % from neighbours, 20 % from devices of the group,"
                        + " 20 % from Internet peers, 10 % from the cache host");
    }

    @Test
    void anEmptyFileComesFromNowhere() {
        assertThat(ClosingLine.of(0, TIME, 0, SourceBytes.NONE, 0)).isEqualTo("0 B in 41 s");
    }
}
