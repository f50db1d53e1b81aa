package dev.byway.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.doctor.TunnelFacts.Burst;
import dev.byway.core.doctor.TunnelFacts.Meeting;
import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatFiltering;
import dev.byway.core.nat.NatHairpin;
import dev.byway.core.nat.NatMapping;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the doctor says of the tunnel. */
class TunnelRulesTest {
    private static final String SERVER = "203.0.113.10";
    private static final String MAPPED = "198.51.100.7:40000";
    private static final NatBehaviour OPEN = eim(NatFiltering.ENDPOINT_INDEPENDENT);
    private static final NatBehaviour PORTS = eim(NatFiltering.ADDRESS_AND_PORT_DEPENDENT);
    private static final NatBehaviour SYMMETRIC =
            new NatBehaviour(NatMapping.ENDPOINT_DEPENDENT, NatFiltering.ADDRESS_AND_PORT_DEPENDENT, NatHairpin.NO);

    private static NatBehaviour eim(NatFiltering filtering) {
        return new NatBehaviour(NatMapping.ENDPOINT_INDEPENDENT, filtering, NatHairpin.NO);
    }

    private static TunnelFacts facts(NatBehaviour nat, Meeting... meetings) {
        return new TunnelFacts(
                SERVER,
                true,
                10,
                10,
                Burst.NONE,
                Optional.of(Duration.ofMillis(12)),
                Optional.empty(),
                MAPPED,
                Optional.empty(),
                nat,
                List.of(meetings));
    }

    private static TunnelFacts asked(long asked, long answered, Optional<String> elsewhere, String mapped) {
        return new TunnelFacts(
                SERVER,
                true,
                asked,
                answered,
                Burst.NONE,
                Optional.empty(),
                elsewhere,
                mapped,
                Optional.empty(),
                NatBehaviour.UNKNOWN,
                List.of());
    }

    private static Meeting met(NatBehaviour nat) {
        return new Meeting("a", nat, true);
    }

    private static Meeting missed(String name, NatBehaviour nat) {
        return new Meeting(name, nat, false);
    }

    private static EffectiveSettings mode(DownloadMode mode) {
        return EffectiveSettings.defaults(Platform.LINUX).with(Settings.DOWNLOAD_MODE, mode);
    }

    private static Finding of(Check check, TunnelFacts facts) {
        return of(check, new TunnelSeen.Seen(facts), DownloadMode.GROUP);
    }

    private static Finding of(Check check, TunnelSeen seen, DownloadMode mode) {
        List<Result> results = TunnelRules.judge(seen, mode(mode));
        assertThat(results)
                .extracting(Result::check)
                .containsExactly(Check.TEREDO_SERVER, Check.TEREDO_NAT, Check.TEREDO_PEERS);
        return results.stream()
                .filter(result -> result.check() == check)
                .findFirst()
                .orElseThrow()
                .finding();
    }

    @ParameterizedTest
    @EnumSource(DownloadMode.class)
    void itMattersWhereDevicesShareAcrossNatsAlone(DownloadMode mode) {
        boolean matters = mode == DownloadMode.GROUP || mode == DownloadMode.INTERNET;
        Finding finding = of(Check.TEREDO_SERVER, new TunnelSeen.Seen(facts(OPEN)), mode);
        assertThat(finding instanceof Finding.NotApplicable).isNotEqualTo(matters);
    }

    @Test
    void whatIsSwitchedOffOrCannotBeSeenSaysSo() {
        Finding off = of(Check.TEREDO_PEERS, new TunnelSeen.Off("a setting is off"), DownloadMode.GROUP);
        assertThat(off).isEqualTo(new Finding.NotApplicable("a setting is off"));
        Finding unseen = of(Check.TEREDO_NAT, new TunnelSeen.Unseen("nobody looked"), DownloadMode.GROUP);
        assertThat(unseen).isEqualTo(new Finding.NotCollected("nobody looked"));
        assertThat(of(Check.TEREDO_SERVER, TunnelFacts.NO_SERVER)).isInstanceOf(Finding.NotApplicable.class);
        assertThat(of(Check.TEREDO_SERVER, TunnelFacts.NO_SERVER).text()).contains("teredo.server.addresses");
    }

    @Test
    void aServerThatAnswersSaysWhere() {
        assertThat(of(Check.TEREDO_SERVER, facts(OPEN)))
                .isEqualTo(new Finding.Pass(
                        "203.0.113.10, UDP 3544, answers in 12 ms, and sees this device at 198.51.100.7:40000"));
        assertThat(of(Check.TEREDO_SERVER, asked(0, 0, Optional.empty(), ""))).isInstanceOf(Finding.NotCollected.class);
    }

    @Test
    void aBlockedServerFailsAndSaysWhatToOpen() {
        Finding silent = of(Check.TEREDO_SERVER, asked(8, 0, Optional.empty(), ""));
        assertThat(silent).isInstanceOf(Finding.Fail.class);
        assertThat(silent.text()).contains("no answer to 8 solicitations", SERVER, "over TCP");
        assertThat(silent.mend())
                .contains("UDP from this device", SERVER + " port 3544")
                .doesNotContain("\n");
        Finding gone = of(Check.TEREDO_SERVER, asked(8, 3, Optional.empty(), ""));
        assertThat(gone).isInstanceOf(Finding.Fail.class);
        assertThat(gone.text()).contains("3 of 8", "not any more");
        assertThat(of(Check.TEREDO_NAT, asked(8, 0, Optional.empty(), ""))).isInstanceOf(Finding.NotCollected.class);
        assertThat(of(Check.TEREDO_PEERS, asked(8, 0, Optional.empty(), ""))).isInstanceOf(Finding.NotCollected.class);
    }

    @Test
    void anAnswerFromTheWrongAddressFailsAndNamesTheSettings() {
        Finding finding = of(Check.TEREDO_SERVER, asked(8, 0, Optional.of("192.0.2.9:3544"), ""));
        assertThat(finding).isInstanceOf(Finding.Fail.class);
        assertThat(finding.text()).contains(SERVER, "192.0.2.9:3544");
        assertThat(finding.mend()).contains("teredo.server.addresses", "teredo.server.advertised");
    }

    @Test
    void whereManyAnswersGetLostItIsSaidButAFewAreNotMissed() {
        Finding many = of(Check.TEREDO_SERVER, asked(20, 9, Optional.empty(), MAPPED));
        assertThat(many).isInstanceOf(Finding.Warn.class);
        assertThat(many.text()).contains("9 of 20");
        assertThat(of(Check.TEREDO_SERVER, asked(20, 16, Optional.empty(), MAPPED)))
                .isInstanceOf(Finding.Pass.class);
        assertThat(of(Check.TEREDO_SERVER, asked(4, 1, Optional.empty(), MAPPED)))
                .isInstanceOf(Finding.Pass.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "20, 20, false", "20, 16, false", "20, 15, true", "20, 0, true"})
    void whoAnswersOneByOneButNotManyAtOnceIsBehindALimit(int sent, int answered, boolean limited) {
        TunnelFacts facts = new TunnelFacts(
                SERVER,
                true,
                10,
                10,
                new Burst(sent, answered),
                Optional.empty(),
                Optional.empty(),
                MAPPED,
                Optional.empty(),
                OPEN,
                List.of());
        Finding finding = of(Check.TEREDO_SERVER, facts);
        assertThat(finding instanceof Finding.Fail).isEqualTo(limited);
        assertThat(finding.text().contains(answered + " of " + sent + " packets that are sent at once"))
                .isEqualTo(limited);
    }

    @Test
    void theNatIsNamedInTheWordsOfTheRfc() {
        assertThat(of(Check.TEREDO_NAT, facts(OPEN)))
                .isEqualTo(new Finding.Pass(
                        "endpoint-independent mapping, endpoint-independent filtering; it does not turn packets to its own "
                                + "outside round (no hairpin): devices of this site meet inside"));
        assertThat(of(Check.TEREDO_NAT, facts(PORTS)).text()).contains("symmetric NATs");
        Finding symmetric = of(Check.TEREDO_NAT, facts(SYMMETRIC));
        assertThat(symmetric).isInstanceOf(Finding.Warn.class);
        assertThat(symmetric.text())
                .contains("endpoint-dependent mapping", "symmetric too, or filter by address and port");
        NatBehaviour turning = new NatBehaviour(NatMapping.ENDPOINT_INDEPENDENT, NatFiltering.UNKNOWN, NatHairpin.YES);
        assertThat(of(Check.TEREDO_NAT, facts(turning)).text()).endsWith("round (hairpin)");
    }

    @Test
    void whatCannotBeComparedIsNotCollected() {
        Finding two = of(Check.TEREDO_NAT, facts(NatBehaviour.UNKNOWN));
        assertThat(two).isEqualTo(new Finding.NotCollected("the server's second address did not answer"));
        TunnelFacts one = new TunnelFacts(
                SERVER,
                false,
                9,
                9,
                Burst.NONE,
                Optional.empty(),
                Optional.empty(),
                MAPPED,
                Optional.empty(),
                NatBehaviour.UNKNOWN,
                List.of());
        assertThat(of(Check.TEREDO_NAT, one).text()).contains("teredo.server.addresses takes a second one");
    }

    @Test
    void anAddressThatTheCoordinatorNamesToNobodyIsAWarning() {
        TunnelFacts unnamed = new TunnelFacts(
                SERVER,
                true,
                9,
                9,
                Burst.NONE,
                Optional.empty(),
                Optional.empty(),
                MAPPED,
                Optional.of("by another line"),
                OPEN,
                List.of());
        assertThat(of(Check.TEREDO_SERVER, unnamed)).isInstanceOf(Finding.Warn.class);
        assertThat(of(Check.TEREDO_SERVER, unnamed).text()).contains("does not name that to others: by another line");
    }

    @Test
    void whereNobodyComesThroughThoughTheNatsLetThemAFirewallKeepsUdpIn() {
        Finding finding = of(Check.TEREDO_PEERS, facts(PORTS, missed("b", OPEN), missed("c", PORTS)));
        assertThat(finding).isInstanceOf(Finding.Fail.class);
        assertThat(finding.text()).contains("no packet of b, c came through");
        assertThat(finding.mend()).contains("any address and any port", "3544").doesNotContain("\n");
    }

    @Test
    void oneDeviceThatIsMetShowsThatTheWayIsOpen() {
        Finding finding = of(Check.TEREDO_PEERS, facts(PORTS, met(OPEN), missed("b", PORTS)));
        assertThat(finding).isEqualTo(new Finding.Pass("1 of 2 devices of other sites met, not b"));
    }

    @Test
    void whereTheNatsLeaveNoWayNothingIsBroken() {
        Finding alone = of(Check.TEREDO_PEERS, facts(SYMMETRIC, missed("b", PORTS)));
        assertThat(alone).isInstanceOf(Finding.NotCollected.class);
        assertThat(alone.text())
                .contains(
                        "between this NAT and that of b there is no way",
                        "endpoint-dependent mapping",
                        "address-and-port");
        assertThat(of(Check.TEREDO_PEERS, facts(SYMMETRIC, met(OPEN), missed("b", PORTS))))
                .isInstanceOf(Finding.Pass.class);
    }

    @Test
    void whereTheOthersNatsAreNotKnownNothingIsClaimed() {
        Finding finding = of(Check.TEREDO_PEERS, facts(PORTS, missed("b", NatBehaviour.UNKNOWN)));
        assertThat(finding).isInstanceOf(Finding.Warn.class);
        assertThat(finding.text()).contains("either", "or");
        assertThat(of(Check.TEREDO_PEERS, facts(OPEN, missed("b", NatBehaviour.UNKNOWN))))
                .isInstanceOf(Finding.Fail.class);
        assertThat(of(Check.TEREDO_PEERS, facts(OPEN))).isInstanceOf(Finding.NotCollected.class);
    }

    @Test
    void whereMostAreMissedUdpIsLimited() {
        Meeting[] meetings = new Meeting[10];
        for (int i = 0; i < meetings.length; i++) {
            meetings[i] = i < 3 ? met(OPEN) : missed("device-" + i, OPEN);
        }
        Finding finding = of(Check.TEREDO_PEERS, facts(PORTS, meetings));
        assertThat(finding).isInstanceOf(Finding.Warn.class);
        assertThat(finding.text()).contains("3 of 10", "device-7 and 2 more", "limited");
    }
}
