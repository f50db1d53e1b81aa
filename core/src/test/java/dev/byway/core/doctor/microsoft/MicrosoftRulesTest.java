package dev.byway.core.doctor.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Diagnosis;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.OriginSeen;
import dev.byway.core.doctor.Program;
import dev.byway.core.doctor.Result;
import dev.byway.core.ports.MicrosoftNeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single judgements, and that one fault is one failure of them together. */
class MicrosoftRulesTest {
    private static final String OWN = "CN=Microsoft ECC Update Secure Server CA 2.1,O=Microsoft Corporation,C=US";
    private static final String PROXYS = "CN=Inspection,O=Example Corp";
    private static final ServiceSeen.Step GOOD = new ServiceSeen.Trusted(OWN);
    private static final ServiceSeen.Step NAMELESS = new ServiceSeen.Unresolved("no such name");

    private static List<ServiceSeen> services(ServiceSeen.Step geo, ServiceSeen.Step others) {
        return MicrosoftHost.of(MicrosoftNeed.SERVICES).stream()
                .map(host -> new ServiceSeen(host, host == MicrosoftHost.GEO ? geo : others))
                .toList();
    }

    private static List<HttpSeen> hosts(OriginSeen.Answer files, OriginSeen.Answer others) {
        return MicrosoftHost.overHttp().stream()
                .map(host -> new HttpSeen(
                        host,
                        new OriginSeen(
                                host.host(),
                                "http://" + host.host() + host.file(),
                                Optional.empty(),
                                host == MicrosoftHost.UPDATE_FILES ? files : others)))
                .toList();
    }

    private static Diagnosis diagnosis(List<ServiceSeen> services, List<HttpSeen> hosts) {
        List<Result> all = new ArrayList<>(ServiceRules.judge(services));
        all.addAll(HttpRules.judge(hosts));
        return Diagnosis.of(Program.MICROSOFT, all);
    }

    private static Diagnosis of(ServiceSeen.Step geo, ServiceSeen.Step others) {
        return diagnosis(services(geo, others), hosts(new OriginSeen.Part(), new OriginSeen.Refused(404, "404")));
    }

    private static List<Check> failed(Diagnosis diagnosis) {
        return diagnosis.results().stream()
                .filter(result -> result.finding() instanceof Finding.Fail)
                .map(Result::check)
                .toList();
    }

    @Test
    void whatWorksPassesAndNothingElseIsAsked() {
        Diagnosis diagnosis = of(GOOD, GOOD);
        assertThat(diagnosis.results()).extracting(Result::check).isEqualTo(Check.of(Program.MICROSOFT));
        for (Check check : Check.of(Program.MICROSOFT).subList(0, 5)) {
            assertThat(diagnosis.of(check).finding()).isInstanceOf(Finding.Pass.class);
        }
        assertThat(diagnosis.of(Check.MICROSOFT_TLS).finding().text()).contains(OWN);
    }

    @Test
    void theFirstNameMustResolveAndANumberedOneMayHaveMoved() {
        assertThat(failed(of(NAMELESS, GOOD))).containsExactly(Check.MICROSOFT_NAMES);
        Finding moved = of(GOOD, NAMELESS).of(Check.MICROSOFT_NAMES).finding();
        assertThat(moved).isInstanceOf(Finding.Warn.class);
        assertThat(moved.text()).contains("4 of 5 names", "kv801", "no such name");
        assertThat(failed(of(NAMELESS, NAMELESS))).containsExactly(Check.MICROSOFT_NAMES);
    }

    @Test
    void aDroppedPortIsOneFailureAndSaysWhatStopsWithoutIt() {
        ServiceSeen.Step dropped = new ServiceSeen.Unconnected("no answer from 192.0.2.1, TCP 443");
        Diagnosis diagnosis = of(dropped, dropped);
        assertThat(failed(diagnosis)).containsExactly(Check.MICROSOFT_TCP);
        assertThat(diagnosis.of(Check.MICROSOFT_TCP).finding().text())
                .contains("5 of 5", MicrosoftNeed.SERVICES.without());
    }

    @Test
    void whoLooksIntoTlsIsNamedWhetherTrustedHereOrNot() {
        Finding stranger = of(new ServiceSeen.Doubted(PROXYS, true, "not trusted"), GOOD)
                .of(Check.MICROSOFT_TLS)
                .finding();
        assertThat(stranger).isInstanceOf(Finding.Fail.class);
        assertThat(stranger.text()).contains(MicrosoftHost.GEO.host(), PROXYS);
        Finding trusted = of(GOOD, new ServiceSeen.Trusted(PROXYS))
                .of(Check.MICROSOFT_TLS)
                .finding();
        assertThat(trusted).isInstanceOf(Finding.Warn.class);
        assertThat(trusted.text()).contains(MicrosoftHost.KEY_VALUE.host(), PROXYS);
    }

    @Test
    void microsoftsOwnAuthorityIsNotKnownEverywhere() {
        ServiceSeen.Step unknown = new ServiceSeen.Doubted(OWN, true, "not trusted");
        Finding finding = of(unknown, unknown).of(Check.MICROSOFT_TLS).finding();
        assertThat(finding).isInstanceOf(Finding.NotCollected.class);
        assertThat(finding.text()).contains("origin.ca", OWN);
        Finding expired = of(new ServiceSeen.Doubted(OWN, false, "it expired"), GOOD)
                .of(Check.MICROSOFT_TLS)
                .finding();
        assertThat(expired).isInstanceOf(Finding.Fail.class);
        assertThat(expired.text()).contains("it expired");
    }

    @Test
    void tlsThatIsCutOffIsNoMatterOfCertificates() {
        Diagnosis diagnosis = of(new ServiceSeen.Broken("closed"), GOOD);
        assertThat(failed(diagnosis)).containsExactly(Check.MICROSOFT_TLS);
    }

    @Test
    void anyAnswerOverHttpWillDoAndOnlyTheFileMustComeInParts() {
        OriginSeen.Answer whole = new OriginSeen.Whole(OptionalLong.of(9), true, List.of("Via: 1.1 box"));
        assertThat(failed(diagnosis(services(GOOD, GOOD), hosts(new OriginSeen.Part(), whole))))
                .isEmpty();
        Diagnosis lost = diagnosis(services(GOOD, GOOD), hosts(whole, new OriginSeen.Refused(403, "403")));
        assertThat(failed(lost)).containsExactly(Check.MICROSOFT_RANGES);
        assertThat(lost.of(Check.MICROSOFT_RANGES).finding().text()).contains("Via: 1.1 box");
        Finding gone = diagnosis(services(GOOD, GOOD), hosts(new OriginSeen.Refused(404, "gone"), whole))
                .of(Check.MICROSOFT_RANGES)
                .finding();
        assertThat(gone).isEqualTo(new Finding.NotCollected("the file to test it with was not sent: gone"));
    }

    @Test
    void aFilterThatRefusesTheFileIsAFailure() {
        Diagnosis filtered = diagnosis(
                services(GOOD, GOOD),
                hosts(new OriginSeen.Refused(403, "403 Forbidden"), new OriginSeen.Refused(404, "404")));
        assertThat(failed(filtered)).containsExactly(Check.MICROSOFT_HTTP);
        assertThat(filtered.of(Check.MICROSOFT_HTTP).finding().text())
                .contains("1 of 4", MicrosoftHost.UPDATE_FILES.host(), "403 Forbidden");
    }

    @ParameterizedTest
    @EnumSource(OriginSeen.Step.class)
    void silenceOverHttpIsOneFailure(OriginSeen.Step step) {
        OriginSeen.Answer silent = new OriginSeen.Silent(step, "no answer");
        assertThat(failed(diagnosis(services(GOOD, GOOD), hosts(silent, silent))))
                .containsExactly(step == OriginSeen.Step.NAME ? Check.MICROSOFT_NAMES : Check.MICROSOFT_HTTP);
    }

    @Test
    void aNeighbourMattersOnlyWhenNamed() {
        assertThat(PeerRules.judge("", new PeerSeen.Unnamed()).finding()).isInstanceOf(Finding.NotApplicable.class);
        assertThat(PeerRules.judge("pc7", new PeerSeen.Connected()).finding()).isInstanceOf(Finding.Pass.class);
        Finding refused = PeerRules.judge("pc7", new PeerSeen.Refused()).finding();
        assertThat(refused).isInstanceOf(Finding.Fail.class);
        assertThat(refused.mend()).contains("DoSvc");
        Finding silent =
                PeerRules.judge("pc7", new PeerSeen.Silent("no answer")).finding();
        assertThat(silent).isInstanceOf(Finding.Fail.class);
        assertThat(silent.mend()).contains("in at pc7");
        assertThat(PeerRules.judge("pc7", new PeerSeen.Unresolved("no name")).finding())
                .isInstanceOf(Finding.Fail.class);
    }

    @Test
    void aSilentTeredoServerIsAWarningThatNamesTheModes() {
        Finding silent = TeredoRules.judge(new TeredoSeen.Silent(3, 5)).finding();
        assertThat(silent).isInstanceOf(Finding.Warn.class);
        assertThat(silent.text()).contains("DODownloadMode 2, 3", "3 packets within 5 s");
        assertThat(TeredoRules.judge(new TeredoSeen.Unresolved("no name")).finding())
                .isInstanceOf(Finding.Warn.class);
        assertThat(TeredoRules.judge(new TeredoSeen.Unsent("no route")).finding())
                .isInstanceOf(Finding.Warn.class);
        assertThat(TeredoRules.judge(new TeredoSeen.Answered("192.0.2.1:9"))
                        .finding()
                        .text())
                .contains("192.0.2.1:9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\033[31m", "a\nb"})
    void wordsOfAServerAreMadePlain(String words) {
        Finding finding = of(new ServiceSeen.Doubted(words, true, words), GOOD)
                .of(Check.MICROSOFT_TLS)
                .finding();
        assertThat(finding.text()).doesNotContain("\033").doesNotContain("\n");
    }
}
