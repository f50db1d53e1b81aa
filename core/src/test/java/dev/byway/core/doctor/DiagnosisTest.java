package dev.byway.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One fault is one failure. */
class DiagnosisTest {
    private static final Finding PASS = new Finding.Pass("well");
    private static final Finding FAIL = new Finding.Fail("broken", "mend it");
    private static final Finding WARN = new Finding.Warn("so so", "look at it");

    private static Result result(Check check, Finding finding) {
        return new Result(check, "tried", finding);
    }

    @ParameterizedTest
    @EnumSource(Check.class)
    void whatACheckPresupposesComesBeforeIt(Check check) {
        List<Check> order = Arrays.asList(Check.values());
        assertThat(Presuppositions.of(check)).allMatch(before -> order.indexOf(before) < order.indexOf(check));
    }

    @ParameterizedTest
    @EnumSource(Check.class)
    void whenEverythingThatFollowsFromItFailsAsWellItAloneIsTold(Check root) {
        List<Result> all = Check.of(root.program()).stream()
                .map(check ->
                        result(check, check == root || Presuppositions.of(check).contains(root) ? FAIL : PASS))
                .toList();
        Diagnosis diagnosis = Diagnosis.of(root.program(), all);
        assertThat(diagnosis.results())
                .filteredOn(one -> one.finding() instanceof Finding.Fail)
                .extracting(Result::check)
                .containsExactly(root);
        assertThat(diagnosis.isHealthy()).isFalse();
    }

    @Test
    void whatPassesAllTheSameIsTold() {
        Diagnosis diagnosis = Diagnosis.of(
                List.of(result(Check.FIREWALL, FAIL), result(Check.DIAL_OUT, PASS), result(Check.DIAL_IN, WARN)));
        assertThat(diagnosis.of(Check.DIAL_OUT).finding()).isEqualTo(PASS);
        assertThat(diagnosis.of(Check.DIAL_IN).finding()).isEqualTo(new Finding.NotCollected("because of firewall"));
    }

    @Test
    void theWorstOfSeveralResultsCountsAndACheckWithoutOneSaysSo() {
        Diagnosis diagnosis =
                Diagnosis.of(List.of(result(Check.CLOCK, PASS), result(Check.CLOCK, WARN), result(Check.CLOCK, PASS)));
        assertThat(diagnosis.of(Check.CLOCK).finding()).isEqualTo(WARN);
        assertThat(diagnosis.of(Check.AGENT).finding()).isInstanceOf(Finding.NotCollected.class);
        assertThat(diagnosis.results()).extracting(Result::check).isEqualTo(Check.of(Program.BYWAY));
        assertThat(diagnosis.isHealthy()).isTrue();
    }

    @Test
    void whatIsJudgedAsBeforeHasNotChanged() {
        Diagnosis before = Diagnosis.of(List.of(result(Check.CLOCK, PASS), result(Check.PORT, FAIL)));
        Diagnosis now = Diagnosis.of(List.of(result(Check.CLOCK, WARN), result(Check.PORT, FAIL)));
        assertThat(now.changedSince(before)).containsExactly(result(Check.CLOCK, WARN));
        assertThat(now.changedSince(now)).isEmpty();
    }
}
