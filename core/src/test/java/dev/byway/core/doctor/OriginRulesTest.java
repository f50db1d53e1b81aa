package dev.byway.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Single judgements; the catalogue of faults proves them together. */
class OriginRulesTest {
    private static final Optional<String> PROXY = Optional.of("10.0.0.1:3128 (from origin.proxy)");
    private static final OptionalLong GIVEN = OptionalLong.empty();
    private static final OptionalLong REMEMBERED = OptionalLong.of(1000);

    private static Finding of(Check check, Optional<String> proxy, OriginSeen.Answer answer, OptionalLong remembered) {
        OriginSeen seen = new OriginSeen("o.example", "https://o.example/a", proxy, answer);
        return OriginRules.judge(seen, remembered).stream()
                .filter(result -> result.check() == check)
                .findFirst()
                .orElseThrow()
                .finding();
    }

    private static OriginSeen.Whole whole(long length, boolean offersParts, String... servers) {
        return new OriginSeen.Whole(OptionalLong.of(length), offersParts, List.of(servers));
    }

    @Test
    void thePartThatWasAskedForIsWell() {
        for (Check check : List.of(Check.PROXY, Check.ORIGIN, Check.RANGES)) {
            assertThat(of(check, PROXY, new OriginSeen.Part(), GIVEN)).isInstanceOf(Finding.Pass.class);
        }
        assertThat(of(Check.PROXY, Optional.empty(), new OriginSeen.Part(), GIVEN))
                .isInstanceOf(Finding.NotApplicable.class);
    }

    @Test
    void whoDropsRangeIsTheOneThatTheAnswerContradicts() {
        Finding proxy = of(Check.RANGES, PROXY, whole(1000, true, "Via: 1.1 squid\033"), GIVEN);
        assertThat(proxy.text())
                .contains("proxy 10.0.0.1:3128", "drops Range", "Via: 1.1 squid")
                .doesNotContain("\033");
        assertThat(proxy.mend()).contains("origin.noProxy");
        assertThat(of(Check.RANGES, PROXY, whole(1000, false), GIVEN).text()).contains("or o.example ignores it");
        assertThat(of(Check.RANGES, Optional.empty(), whole(1000, true), GIVEN).text())
                .contains("something on the way drops Range");
        assertThat(of(Check.RANGES, Optional.empty(), whole(1000, false, "Server: old"), GIVEN)
                        .text())
                .contains("o.example ignores Range", "Server: old");
    }

    @ParameterizedTest
    @CsvSource({"1000,fail", "999,not-collected", "1,not-applicable", "0,not-applicable"})
    void whatIsNotThatDownloadSaysNothingOfParts(long length, String label) {
        assertThat(of(Check.RANGES, Optional.empty(), whole(length, false), REMEMBERED)
                        .label())
                .isEqualTo(label);
        assertThat(of(Check.ORIGIN, Optional.empty(), whole(length, false), REMEMBERED))
                .isInstanceOf(Finding.Pass.class);
    }

    @Test
    void aRememberedAddressMayBeRefusedForItsQueryAGivenOneMayNot() {
        OriginSeen.Answer no = new OriginSeen.Refused(403, "403 Forbidden");
        assertThat(of(Check.ORIGIN, Optional.empty(), no, REMEMBERED)).isInstanceOf(Finding.NotCollected.class);
        assertThat(of(Check.ORIGIN, Optional.empty(), no, GIVEN)).isInstanceOf(Finding.Fail.class);
        OriginSeen.Answer broken = new OriginSeen.Refused(503, "503");
        assertThat(of(Check.ORIGIN, Optional.empty(), broken, REMEMBERED)).isInstanceOf(Finding.Fail.class);
        assertThat(of(Check.RANGES, Optional.empty(), broken, REMEMBERED)).isInstanceOf(Finding.NotCollected.class);
    }

    @Test
    void aFileOfOneByteHasNoSecond() {
        OriginSeen.Answer tooShort = new OriginSeen.Refused(416, "the file has only 1 bytes");
        assertThat(of(Check.ORIGIN, Optional.empty(), tooShort, GIVEN)).isInstanceOf(Finding.Pass.class);
        assertThat(of(Check.RANGES, Optional.empty(), tooShort, GIVEN)).isInstanceOf(Finding.NotApplicable.class);
    }

    @Test
    void aProxyThatDoesNotServeIsTheOneFailure() {
        OriginSeen.Answer barred = new OriginSeen.Barred("proxy 10.0.0.1:3128 does not serve");
        assertThat(of(Check.PROXY, PROXY, barred, GIVEN)).isInstanceOf(Finding.Fail.class);
        assertThat(of(Check.ORIGIN, PROXY, barred, GIVEN)).isInstanceOf(Finding.NotCollected.class);
        assertThat(of(Check.RANGES, PROXY, barred, GIVEN)).isInstanceOf(Finding.NotCollected.class);
    }

    @ParameterizedTest
    @EnumSource(OriginSeen.Step.class)
    void silenceFailsWithSomethingToDo(OriginSeen.Step step) {
        Finding finding = of(Check.ORIGIN, Optional.empty(), new OriginSeen.Silent(step, "no answer"), REMEMBERED);
        assertThat(finding).isInstanceOf(Finding.Fail.class);
        assertThat(finding.mend()).isNotBlank().doesNotContain("\n");
    }
}
