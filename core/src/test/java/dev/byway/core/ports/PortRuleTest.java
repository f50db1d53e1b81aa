package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.fleet.Addresses;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortRuleTest {
    private static List<String> lines(Circumstances now) {
        return PortRule.all(now).stream()
                .map(rule -> "%s %s %s: %s -> %s%s"
                        .formatted(
                                rule.way().label(),
                                rule.transport().label(),
                                rule.port().label(),
                                rule.from(),
                                rule.to(),
                                rule.need().built() ? "" : " (not built)"))
                .toList();
    }

    @Test
    void aDeviceOnItsOwnSharesWithItsSubnet() {
        assertThat(lines(Cases.device(DownloadMode.LAN)))
                .containsExactly(
                        "in tcp 7680: local subnet -> this machine",
                        "out tcp 7680: this machine -> local subnet",
                        "out tcp 7690: this machine -> local subnet",
                        "in udp 5353: local subnet -> this machine",
                        "out udp 5353: this machine -> local subnet",
                        "out tcp 443: this machine -> any",
                        "out tcp 80: this machine -> any");
    }

    @Test
    void aDeviceOfAFleetSharesWithItsSiteAndAsksTheCoordinator() {
        assertThat(lines(Cases.fleetDevice(DownloadMode.LAN)))
                .contains("in tcp 7680: private networks -> this machine", "out tcp 443: this machine -> any");
        assertThat(PortRule.all(Cases.fleetDevice(DownloadMode.LAN)))
                .extracting(PortRule::need)
                .contains(Need.COORDINATOR);
    }

    @Test
    void theRestrictionNarrowsModesOneAndTwoButNotThree() {
        assertThat(reach(DownloadMode.LAN, PeerRestriction.SUBNET)).isEqualTo(Reach.SUBNET);
        assertThat(reach(DownloadMode.GROUP, PeerRestriction.LOCAL_DISCOVERY)).isEqualTo(Reach.SUBNET);
        assertThat(reach(DownloadMode.GROUP, PeerRestriction.NONE)).isEqualTo(Reach.ANYWHERE);
        assertThat(reach(DownloadMode.INTERNET, PeerRestriction.SUBNET)).isEqualTo(Reach.ANYWHERE);
    }

    private static Reach reach(DownloadMode mode, PeerRestriction restriction) {
        return PortRule.all(Cases.of(PortRole.AGENT, mode, restriction, Platform.LINUX, true)).stream()
                .filter(rule -> rule.need() == Need.PEER_IN)
                .findFirst()
                .orElseThrow()
                .reach();
    }

    @Test
    void onWindowsTheDefaultPortsChangePlaces() {
        Circumstances now = Cases.of(PortRole.AGENT, DownloadMode.LAN, PeerRestriction.NONE, Platform.WINDOWS, false);
        assertThat(lines(now))
                .contains(
                        "in tcp 7690: local subnet -> this machine",
                        "out tcp 7690: this machine -> local subnet",
                        "out tcp 7680: this machine -> local subnet")
                .doesNotContain("in tcp 7680: local subnet -> this machine");
    }

    @Test
    void chosenPortsAndAddressesCount() {
        EffectiveSettings settings = EffectiveSettings.defaults(Platform.LINUX)
                .with(Settings.PEER_PORT, 7777)
                .with(Settings.PEER_ADDRESS, Optional.of(Addresses.parse("10.1.2.3")))
                .with(Settings.LAN_DISCOVERY, false)
                .with(Settings.COORDINATOR_URL, Optional.of(URI.create("https://byway.example.com:8443")));
        assertThat(lines(Circumstances.of(settings, PortRole.AGENT, Platform.LINUX, Optional.empty())))
                .containsExactly(
                        "in tcp 7777: private networks -> 10.1.2.3",
                        "out tcp 7777: this machine -> private networks",
                        "out tcp 8443: this machine -> any",
                        "out tcp 443: this machine -> any",
                        "out tcp 80: this machine -> any");
    }

    @Test
    void aProxyIsAskedForInPlaceOfTheOrigins() {
        assertThat(lines(proxied("http://proxy.example.com:3128")))
                .contains("out tcp 3128: this machine -> proxy.example.com")
                .doesNotContain("out tcp 443: this machine -> any", "out tcp 80: this machine -> any");
        assertThat(lines(proxied("http://[2001:db8::5]"))).contains("out tcp 80: this machine -> 2001:db8::5");
        assertThat(lines(proxied("http://proxy.example.com:3128", ".lab")))
                .as("some origins are asked without it")
                .contains(
                        "out tcp 3128: this machine -> proxy.example.com",
                        "out tcp 443: this machine -> any",
                        "out tcp 80: this machine -> any");
        for (String here : List.of("http://127.0.0.1:3128", "http://localhost:3128", "http://[::1]:3128")) {
            assertThat(lines(proxied(here))).isEqualTo(lines(Cases.device(DownloadMode.LAN)));
        }
    }

    @Test
    void ofAProxyThatIsNamedByItsAddressAFirewallOpensNoOther() {
        Machine machine = Cases.machine("10.77.0.0/24", "2001:db8:1::/64");
        String script = Firewall.UFW.script(PortRule.all(proxied("http://10.1.2.3:3128")), machine);
        assertThat(script)
                .contains("out proto tcp from any to 10.1.2.3/32 port 3128 comment 'byway proxy'")
                .doesNotContain("port 443", "port 80 ", "to any port 3128");
        assertThat(Firewall.UFW.script(PortRule.all(proxied("http://proxy.example.com:3128")), machine))
                .as("a firewall knows no names")
                .contains("out proto tcp from any to any port 3128 comment 'byway proxy'");
    }

    private static Circumstances proxied(String proxy, String... except) {
        EffectiveSettings settings = EffectiveSettings.defaults(Platform.LINUX)
                .with(Settings.ORIGIN_PROXY, Optional.of(URI.create(proxy)))
                .with(Settings.ORIGIN_NO_PROXY, List.of(except));
        return Circumstances.of(settings, PortRole.AGENT, Platform.LINUX, Optional.empty());
    }

    @Test
    void aPortThatTheSystemChoosesIsAnyPort() {
        EffectiveSettings settings = EffectiveSettings.defaults(Platform.LINUX).with(Settings.PEER_PORT, 0);
        assertThat(lines(Circumstances.of(settings, PortRole.AGENT, Platform.LINUX, Optional.empty())))
                .contains("in tcp any: local subnet -> this machine");
    }

    @Test
    void theCoordinatorServesEverybodyAndDialsBack() {
        Circumstances now =
                Cases.of(PortRole.COORDINATOR, DownloadMode.LAN, PeerRestriction.NONE, Platform.LINUX, false);
        assertThat(lines(now)).containsExactly("in tcp 443: any -> this machine", "out tcp any: this machine -> any");
    }

    @Test
    void aCoordinatorThatIsATeredoServerTakesUdp3544() {
        EffectiveSettings settings = EffectiveSettings.defaults(Platform.LINUX)
                .with(Settings.TEREDO_ADDRESSES, List.of(Addresses.parse("11.200.2.2"), Addresses.parse("11.200.2.3")));
        Circumstances now = Circumstances.of(settings, PortRole.COORDINATOR, Platform.LINUX, Optional.empty());
        assertThat(lines(now))
                .containsExactly(
                        "in tcp 443: any -> this machine",
                        "out tcp any: this machine -> any",
                        "in udp 3544: any -> this machine",
                        "out udp any: this machine -> any");
    }

    @Test
    void natTraversalIsInTheTableForModesAcrossNats() {
        assertThat(lines(Cases.fleetDevice(DownloadMode.GROUP)))
                .contains("out udp 3544: this machine -> any", "out udp any: this machine -> any");
        assertThat(lines(Cases.fleetDevice(DownloadMode.LAN))).noneMatch(line -> line.contains("3544"));
    }

    @Test
    void whatIsSwitchedOffIsNotAskedOfTheFirewall() {
        EffectiveSettings settings = EffectiveSettings.defaults(Platform.LINUX)
                .with(Settings.DOWNLOAD_MODE, DownloadMode.INTERNET)
                .with(Settings.LAN_DISCOVERY, false);
        assertThat(lines(agent(settings.with(Settings.TEREDO_CLIENT, false))))
                .noneMatch(line -> line.contains("udp"))
                .anyMatch(line -> line.contains("7680"));
        assertThat(lines(agent(settings.with(Settings.PEER_TCP, false))))
                .noneMatch(line -> line.contains("7680"))
                .anyMatch(line -> line.contains("3544"));
    }

    private static Circumstances agent(EffectiveSettings settings) {
        return Circumstances.of(settings, PortRole.AGENT, Platform.LINUX, Optional.empty());
    }
}
