package dev.byway.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Scenarios SCENARIOS = new Scenarios(0, 0);

    @Test
    void percentilesAreOfTheNearestRank() {
        Percentiles hundred = Percentiles.of(
                IntStream.rangeClosed(1, 100).mapToObj(i -> 101.0 - i).toList());
        assertThat(hundred.median()).isEqualTo(50);
        assertThat(hundred.at(99)).isEqualTo(99);
        assertThat(hundred.max()).isEqualTo(100);
        assertThat(Percentiles.of(List.of(7.0)).at(99)).isEqualTo(7);
        assertThat(Percentiles.of(List.of(2.0, 1.0, 3.0)).median()).isEqualTo(2);
    }

    @Test
    void aTableIsMarkdownAndAligned() {
        Table table = new Table("program", "p50");
        table.row("curl", "1.00");
        table.row("a|b", "12.345");
        assertThat(table.markdown())
                .containsExactly("| program | p50    |", "|---|---|", "| curl    | 1.00   |", "| a\\|b    | 12.345 |");
        assertThatThrownBy(() -> table.row("one")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyThePlaceOfThatNameIsWritten() {
        String page = "a\n<!-- x -->\nold\n<!-- end of x -->\nb\n<!-- y -->\n<!-- end of y -->\n";
        String written = MarkedPage.filled(page, "x", List.of("new", "lines"));
        assertThat(written)
                .isEqualTo("a\n<!-- x -->\n\nnew\nlines\n\n<!-- end of x -->\nb\n<!-- y -->\n<!-- end of y -->\n");
        assertThat(MarkedPage.filled(written, "x", List.of("new", "lines"))).isEqualTo(written);
        assertThatThrownBy(() -> MarkedPage.filled(page, "z", List.of())).hasMessageContaining("no place z");
    }

    @Test
    void theIdealIsTheLinkOrTheUplinkSinceTheFirstOneCame() {
        Scenario crowd = only("crowd20");
        assertThat(crowd.ideal(crowd.takers().getFirst()).getAsDouble()).isEqualTo((50 << 20) * 8 / 10e6);
        Scenario.Taker later = new Scenario.Taker(20, Duration.ofSeconds(10));
        assertThat(crowd.ideal(later).getAsDouble()).isEqualTo((50 << 20) * 8 / 10e6 - 10);
        Scenario.Taker last = new Scenario.Taker(20, Duration.ofSeconds(60));
        assertThat(crowd.ideal(last).getAsDouble()).isEqualTo((50 << 20) * 8 / 20e6);
        Scenario second = only("second");
        assertThat(second.ideal(second.takers().getFirst()).getAsDouble()).isEqualTo((50 << 20) * 8 / 100e6);
        Scenario pair = only("pair");
        assertThat(pair.ideal(pair.takers().getFirst())).isEqualTo(OptionalDouble.empty());
    }

    @Test
    void whoDidNotFinishHasNoTimes() {
        Scenario scenario = only("crowd20");
        Outcome good = new Outcome(
                "good", List.of(42.0, 84.0), List.of(1.0, 2.0), 1.04, 12.3, 5 << 20, 0.9, true, Optional.empty());
        Outcome late = new Outcome(
                "late", List.of(42.0), List.of(1.0), 7, 1, 1, 0.2, false, Optional.of("1 of 2 did not finish in 9 s"));
        List<String> lines = Report.markdown(
                scenario, List.of(good, late, Outcome.failed("bad", "no\nway")), List.of("none: not installed"));
        assertThat(lines.getFirst()).startsWith("`crowd20`: 20 devices want 50 MiB at once");
        assertThat(cells(lines.get(4)))
                .containsExactly(
                        "good", "1.00", "2.00", "2.00", "84.00 s", "1.04", "12.3", "5 MiB", "90 %: CPU-bound", "");
        assertThat(cells(lines.get(5)))
                .startsWith("late", "–", "–", "–", "–", "7.00")
                .endsWith("1 of 2 did not finish in 9 s");
        assertThat(cells(lines.get(6))).startsWith("bad", "–", "–").endsWith("no way");
        assertThat(lines.getLast()).isEqualTo("\nNot measured: none: not installed.");
    }

    @Test
    void unknownScenariosAreNamed() {
        assertThatThrownBy(() -> SCENARIOS.named(Set.of("crowd21"))).hasMessageContaining("crowd20");
        assertThat(SCENARIOS.named(Set.of("small"))).hasSize(3);
    }

    private static Scenario only(String name) {
        return SCENARIOS.named(Set.of(name)).getFirst();
    }

    private static List<String> cells(String row) {
        return Pattern.compile("\\|")
                .splitAsStream(row.substring(1, row.length() - 1))
                .map(String::strip)
                .toList();
    }
}
