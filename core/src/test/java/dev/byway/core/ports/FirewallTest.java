package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.fleet.Addresses;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules against files that were read by a person, and what holds for all of them. */
class FirewallTest {
    private static final Machine LINUX = Cases.machine("10.77.0.0/24", "2001:db8:1::/64");
    private static final Machine WINDOWS = new Machine(
            Cases.machine("10.77.0.0/24", "fe80::/64").links(), Optional.of("C:\\Program Files\\Byway\\bin\\java.exe"));

    private static Machine machine(Firewall firewall) {
        return firewall == Firewall.WINDOWS ? WINDOWS : LINUX;
    }

    private static Platform platform(Firewall firewall) {
        return firewall == Firewall.WINDOWS ? Platform.WINDOWS : Platform.LINUX;
    }

    private static String script(Firewall firewall, PortRole role, DownloadMode mode, boolean joined) {
        Circumstances now = Cases.of(role, mode, PeerRestriction.NONE, platform(firewall), joined);
        return firewall.script(PortRule.all(now), machine(firewall));
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceOnItsOwnIsAsTheGoldenFileSays(Firewall firewall) {
        isGolden(firewall, "device", script(firewall, PortRole.AGENT, DownloadMode.LAN, false));
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceOfAFleetInModeThreeIsAsTheGoldenFileSays(Firewall firewall) {
        isGolden(firewall, "internet", script(firewall, PortRole.AGENT, DownloadMode.INTERNET, true));
    }

    @ParameterizedTest
    @EnumSource
    void aSiteIsThePrivateNetworks(Firewall firewall) {
        assertThat(script(firewall, PortRole.AGENT, DownloadMode.LAN, true))
                .contains("172.16.0.0/12", "192.168.0.0/16", "fc00::/7");
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceTakesNothingInOn3544Nor443(Firewall firewall) {
        for (DownloadMode mode : DownloadMode.values()) {
            List<PortRule> in =
                    PortRule.all(Cases.of(PortRole.CACHE, mode, PeerRestriction.NONE, platform(firewall), true))
                            .stream()
                            .filter(rule -> rule.way() == Way.IN)
                            .toList();
            assertThat(firewall.script(in, machine(firewall)))
                    .doesNotContain("443")
                    .doesNotContain("3544");
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneAddressIsAllThatIsOpened(Firewall firewall) {
        EffectiveSettings settings = EffectiveSettings.defaults(Platform.LINUX)
                .with(Settings.PEER_ADDRESS, Optional.of(Addresses.parse("10.77.0.11")));
        List<PortRule> rules =
                PortRule.all(Circumstances.of(settings, PortRole.AGENT, Platform.LINUX, Optional.empty()));
        List<PortRule> peerIn =
                rules.stream().filter(rule -> rule.need() == Need.PEER_IN).toList();
        assertThat(firewall.script(peerIn, machine(firewall)))
                .contains("10.77.0.11")
                .doesNotContain("fe80", "ip6 ");
    }

    @ParameterizedTest
    @EnumSource
    void aMachineWithoutIpv4SubnetsOpensNothingToTheWholeOfIpv4(Firewall firewall) {
        Machine alone = Cases.machine("2001:db8:1::/64");
        List<PortRule> in = PortRule.all(Cases.device(DownloadMode.LAN)).stream()
                .filter(rule -> rule.way() == Way.IN)
                .toList();
        assertThat(firewall.script(in, alone))
                .doesNotContain("from any", "0.0.0.0/0", "nfproto ipv4", "family=\"ipv4\"", "\niptables", " Any");
    }

    @ParameterizedTest
    @EnumSource
    void aMachineWithoutIpv6NeedsNothingOfIt(Firewall firewall) {
        Machine old = new Machine(
                Cases.machine("10.77.0.0/24").links(), machine(firewall).program());
        for (DownloadMode mode : DownloadMode.values()) {
            List<PortRule> all = PortRule.all(Cases.fleetDevice(mode));
            assertThat(firewall.script(all, old))
                    .doesNotContain("fe80", "fc00", "::", "ip6 ", "nfproto ipv6", "ip6tables -", "ipv6");
            assertThat(FirewallReading.unknown("x", old).check(all))
                    .extracting(FirewallReading.Finding::family)
                    .containsOnly("IPv4");
        }
        assertThat(FirewallReading.unknown("x", Cases.machine("10.77.0.0/24", "fe80::/64"))
                        .check(PortRule.all(Cases.device(DownloadMode.LAN))))
                .extracting(FirewallReading.Finding::family)
                .contains("IPv6");
    }

    @Test
    void wordsAreQuotedForAShell() {
        assertThat(new Command(List.of("ufw", "allow", "a b", "it's")).toString())
                .isEqualTo("ufw allow 'a b' 'it'\\''s'");
    }

    /** {@code -Dbyway.docs.write=true} writes what is not there yet. */
    private static void isGolden(Firewall firewall, String name, String script) {
        Path file = Path.of("src/test/resources/dev/byway/core/ports", name + "." + firewall.label());
        try {
            if (Boolean.getBoolean("byway.docs.write")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, script);
            }
            assertThat(script).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
