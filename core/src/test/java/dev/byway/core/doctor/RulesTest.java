package dev.byway.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.doctor.Examination.Neighbour;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.fleet.Site;
import dev.byway.core.fleet.Validity;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Platform;
import dev.byway.core.wire.Hearing;
import dev.byway.core.wire.ProbeOutcome;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single judgements; the catalogue of faults proves them together. */
class RulesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final EffectiveSettings SETTINGS = EffectiveSettings.defaults(Platform.LINUX);
    private static final Trial WELL = new Trial(ProbeOutcome.HANDSHAKE, "shook hands");
    private static final Trial LATE = new Trial(ProbeOutcome.TIMEOUT, "no answer");

    private static final List<Prefix> SUBNETS = List.of(Prefix.parse("10.0.0.0/24"));

    private static Examination seen(List<Reason> down, List<Reason> up, Neighbour... neighbours) {
        return new Examination(
                "1",
                Map.of(),
                7680,
                "",
                down,
                up,
                List.of(neighbours),
                Optional.empty(),
                new TunnelSeen.Off("no coordinator"),
                "/var/cache/byway");
    }

    private static Neighbour neighbour(int number, boolean heard, boolean named, Trial outward, Trial inward) {
        return new Neighbour(
                "00ff", "10.0.0." + number + ":7680", heard, named, false, outward, inward, Hearing.NOT_LOOKING);
    }

    private static Finding discovery(Neighbour... neighbours) {
        return of(NeighbourRules.judge(seen(List.of(), List.of(), neighbours), SETTINGS, SUBNETS), Check.DISCOVERY);
    }

    private static Neighbour hearing(int number, boolean heard, Hearing hearing) {
        return new Neighbour("00ff", "10.0.0." + number + ":7680", heard, true, false, WELL, WELL, hearing);
    }

    private static Finding of(List<Result> results, Check check) {
        return results.stream()
                .filter(result -> result.check() == check)
                .findFirst()
                .orElseThrow()
                .finding();
    }

    @Test
    void whatStopsDownloadsFailsWhatStopsUploadsWarns() {
        Reason vpn = Reason.of("peers", ReasonCode.ON_VPN, "on a VPN");
        Reason battery = Reason.of("peers", ReasonCode.ON_BATTERY, "at 10 %");
        List<Result> results = AgentRules.judge(seen(List.of(vpn), List.of(battery)), SETTINGS);
        assertThat(of(results, Check.VPN)).isInstanceOf(Finding.Fail.class);
        assertThat(of(results, Check.BATTERY)).isInstanceOf(Finding.Warn.class);
        assertThat(of(results, Check.METERED)).isInstanceOf(Finding.Pass.class);
    }

    @Test
    void oneNeighbourThatWorksShowsThatTheWayIsOpen() {
        List<Result> results = NeighbourRules.judge(
                seen(List.of(), List.of(), neighbour(1, true, true, LATE, WELL), neighbour(2, true, true, WELL, LATE)),
                SETTINGS,
                SUBNETS);
        assertThat(of(results, Check.DIAL_OUT).text()).contains("reached 10.0.0.2:7680", "not 10.0.0.1:7680");
        assertThat(of(results, Check.DIAL_IN)).isInstanceOf(Finding.Pass.class);
    }

    @Test
    void whenSomebodyAsksAboutANeighbourTheOthersDoNotCount() {
        Neighbour asked =
                new Neighbour("", "10.0.0.9:7680", false, false, true, LATE, Trial.not("no link"), Hearing.NOT_LOOKING);
        List<Result> results = NeighbourRules.judge(
                seen(List.of(), List.of(), asked, neighbour(1, true, true, WELL, WELL)), SETTINGS, SUBNETS);
        assertThat(of(results, Check.DIAL_OUT)).isInstanceOf(Finding.Fail.class);
        assertThat(of(results, Check.DIAL_OUT).text()).contains("10.0.0.9:7680").doesNotContain("10.0.0.1");
        assertThat(of(results, Check.DIAL_IN)).isInstanceOf(Finding.NotCollected.class);
        assertThat(of(results, Check.DISCOVERY)).isInstanceOf(Finding.Pass.class);
    }

    @Test
    void withoutANeighbourNothingIsSaidOfTheWay() {
        List<Result> results = NeighbourRules.judge(seen(List.of(), List.of()), SETTINGS, SUBNETS);
        assertThat(results).allMatch(result -> result.finding() instanceof Finding.NotCollected);
    }

    @Test
    void aNeighbourWhomOnlyTheCoordinatorNamesShowsThatMulticastIsLost() {
        assertThat(discovery(hearing(1, false, Hearing.NOT_HEARD)))
                .isInstanceOfSatisfying(
                        Finding.Fail.class,
                        fail -> assertThat(fail.text()).contains("coordinator names 10.0.0.1:7680"));
        assertThat(discovery(hearing(1, false, Hearing.HEARD)))
                .isInstanceOfSatisfying(
                        Finding.Fail.class, fail -> assertThat(fail.text()).contains("is heard by 10.0.0.1:7680"));
    }

    @Test
    void ofADeviceInAnotherSubnetNoMulticastIsExpected() {
        Neighbour upstairs = new Neighbour("00ff", "10.0.1.7:7680", false, true, false, WELL, WELL, Hearing.NOT_HEARD);
        assertThat(discovery(upstairs)).isInstanceOf(Finding.NotCollected.class);
    }

    @Test
    void whoHearsThisDeviceIsInItsSubnet() {
        Neighbour apart = new Neighbour("00ff", "10.0.1.7:7680", false, true, false, WELL, WELL, Hearing.HEARD);
        Neighbour upstairs = new Neighbour("00ff", "10.0.1.7:7680", false, true, false, WELL, WELL, Hearing.NOT_HEARD);
        Neighbour near = hearing(1, true, Hearing.HEARD);
        assertThat(subnet(near, apart))
                .isInstanceOfSatisfying(
                        Finding.Fail.class,
                        fail -> assertThat(fail.text())
                                .contains(
                                        "10.0.1.7:7680 is on this device's link, but in none of its subnets: 10.0.0.0/24"));
        assertThat(subnet(near, upstairs)).isInstanceOf(Finding.Pass.class);
        assertThat(subnet(upstairs)).isInstanceOf(Finding.NotCollected.class);
        assertThat(subnet()).isInstanceOf(Finding.NotCollected.class);
    }

    private static Finding subnet(Neighbour... neighbours) {
        return SubnetRules.judge(seen(List.of(), List.of(), neighbours), SUBNETS)
                .finding();
    }

    @Test
    void whoIsHeardHasToHearThisDeviceToo() {
        Neighbour deaf = hearing(1, true, Hearing.NOT_HEARD);
        assertThat(discovery(deaf))
                .isInstanceOfSatisfying(
                        Finding.Fail.class,
                        fail -> assertThat(fail.text()).contains("10.0.0.1:7680, who does not hear this device"));
        assertThat(discovery(deaf, hearing(2, true, Hearing.HEARD))).isInstanceOf(Finding.Pass.class);
        assertThat(discovery(hearing(1, true, Hearing.NOT_LOOKING))).isInstanceOf(Finding.Pass.class);
    }

    @ParameterizedTest
    @CsvSource({"0,pass", "60,pass", "120,warn", "-120,warn", "86400,fail", "-172800,fail"})
    void aClockMayBeOffALittle(long seconds, String label) {
        CoordinatorSeen seen = new CoordinatorSeen(
                "c.example",
                443,
                List.of("192.0.2.1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "CN=Fleet",
                Optional.of(Duration.ofSeconds(seconds)));
        assertThat(of(CoordinatorRules.judge(List.of(seen)), Check.CLOCK).label())
                .isEqualTo(label);
    }

    @Test
    void aCertificateOfSomebodyElseNamesWhoInterceptsTls() {
        CoordinatorSeen seen = new CoordinatorSeen(
                "c.example",
                443,
                List.of("192.0.2.1"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new CoordinatorSeen.Doubt(true, "other key")),
                "CN=Proxy\033[31m",
                Optional.empty());
        Finding finding = of(CoordinatorRules.judge(List.of(seen)), Check.COORDINATOR_TLS);
        assertThat(finding.text()).contains("CN=Proxy").doesNotContain("\033");
        assertThat(finding).isInstanceOf(Finding.Fail.class);
    }

    private static CoordinatorSeen url(String host, Optional<String> unconnected, Optional<String> doubt) {
        return new CoordinatorSeen(
                host,
                443,
                List.of("192.0.2.1"),
                unconnected,
                Optional.empty(),
                doubt.map(why -> new CoordinatorSeen.Doubt(false, why)),
                "CN=Fleet",
                Optional.of(Duration.ZERO));
    }

    @Test
    void aCertificateOfTheFleetThatIsNotBelievedIsNoInterception() {
        Finding finding = of(
                CoordinatorRules.judge(List.of(url("a", Optional.empty(), Optional.of("it ended")))),
                Check.COORDINATOR_TLS);
        assertThat(finding).isInstanceOf(Finding.Fail.class);
        assertThat(finding.text()).contains("it ended").doesNotContain("opens TLS");
    }

    @Test
    void oneUrlThatWorksIsEnoughAndTheOthersAreNamed() {
        CoordinatorSeen works = url("a", Optional.empty(), Optional.empty());
        CoordinatorSeen down = url("b", Optional.of("refused"), Optional.empty());
        CoordinatorSeen nameless = CoordinatorSeen.unresolved("c", 443);
        List<Result> results = CoordinatorRules.judge(List.of(nameless, down, works));
        assertThat(of(results, Check.COORDINATOR_NAME)).isInstanceOf(Finding.Pass.class);
        assertThat(of(results, Check.COORDINATOR_TLS)).isInstanceOf(Finding.Pass.class);
        assertThat(of(results, Check.COORDINATOR_TCP)).isInstanceOf(Finding.Warn.class);
        assertThat(of(results, Check.COORDINATOR_TCP).text()).contains("b:443 (refused)", "c:443 (c has no address");
        assertThat(of(CoordinatorRules.judge(List.of(nameless, down)), Check.COORDINATOR_TCP))
                .isInstanceOf(Finding.Fail.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7,10.0.0.7,INTERNET,not-applicable",
        "11.0.0.7,10.0.0.7,INTERNET,not-applicable",
        "11.0.0.7,11.0.0.7,INTERNET,warn",
        "11.0.0.7,11.0.0.7,LAN,not-applicable",
        "2a00::7,2a00::7,GROUP,warn"
    })
    void aRouteInIsExpectedWhereTheCoordinatorSeesAnAddressOfThisDevice(
            String observed, String own, DownloadMode mode, String label) {
        Nearby nearby = new Nearby(
                InetAddress.ofLiteral(observed), new Site("s"), List.of(), List.of(), List.of(), OptionalInt.empty());
        Validity valid = new Validity(NOW, NOW.plus(Duration.ofDays(300)));
        Examination.Fleet fleet = new Examination.Fleet("u", Optional.of(nearby), false, "", LATE, valid);
        assertThat(RouteRules.judge(fleet, mode, Set.of(InetAddress.ofLiteral(own)))
                        .finding()
                        .label())
                .isEqualTo(label);
    }

    @Test
    void aRefusalFailsAndSilenceIsNotCollected() {
        Validity valid = new Validity(NOW.minusSeconds(60), NOW.plus(Duration.ofDays(300)));
        Validity over = new Validity(NOW.minus(Duration.ofDays(400)), NOW.minus(Duration.ofDays(35)));
        Trial none = Trial.not("not asked");
        assertThat(of(
                        CoordinatorRules.judge(
                                new Examination.Fleet("u", Optional.empty(), false, "no answer", none, valid), NOW),
                        Check.CREDENTIAL))
                .isInstanceOf(Finding.NotCollected.class);
        List<Result> expired =
                CoordinatorRules.judge(new Examination.Fleet("u", Optional.empty(), true, "no", none, over), NOW);
        assertThat(of(expired, Check.CREDENTIAL).text()).contains("expired on");
        assertThat(of(expired, Check.CREDENTIAL).mend()).contains("byway join");
    }

    @Test
    void whoDoesNotAnswerOnTheLinkIsKeptApart() {
        LinkLayer link = LinkLayer.parse(
                        "[{\"dst\":\"10.0.0.1\",\"dev\":\"eth0\",\"state\":[\"FAILED\"]}]",
                        "[{\"dst\":\"default\",\"gateway\":\"10.0.0.254\"}]")
                .orElseThrow();
        assertThat(link.gateways()).containsExactly("10.0.0.254");
        Examination apart = seen(List.of(), List.of(), neighbour(1, false, true, LATE, LATE));
        assertThat(PathRules.isolation(apart, link).finding()).isInstanceOf(Finding.Fail.class);
        Examination met = seen(List.of(), List.of(), neighbour(1, false, true, LATE, WELL));
        assertThat(PathRules.isolation(met, link).finding()).isInstanceOf(Finding.Pass.class);
        assertThat(LinkLayer.parse("no JSON", "[]")).isEmpty();
    }

    @Test
    void largePacketsThatGetLostFailAndNoAnswerAtAllSaysNothing() {
        assertThat(PathRules.mtu(List.of(new PathRules.Echo("10.0.0.1", true, false, 1500)))
                        .finding())
                .isInstanceOf(Finding.Fail.class);
        assertThat(PathRules.mtu(List.of(new PathRules.Echo("10.0.0.1", false, false, 1500)))
                        .finding())
                .isInstanceOf(Finding.NotCollected.class);
        assertThat(PathRules.mtu(List.of(new PathRules.Echo("10.0.0.1", true, true, 1500)))
                        .finding())
                .isInstanceOf(Finding.Pass.class);
    }
}
