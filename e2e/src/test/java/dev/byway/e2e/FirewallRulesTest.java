package dev.byway.e2e;

import static dev.byway.e2e.FirewallTrial.ALL;
import static dev.byway.e2e.FirewallTrial.check;
import static dev.byway.e2e.FirewallTrial.mustHave;
import static dev.byway.e2e.FirewallTrial.mustSucceed;
import static dev.byway.e2e.FirewallTrial.peerIn;
import static dev.byway.e2e.FirewallTrial.scan;
import static dev.byway.e2e.FirewallTrial.scanUdp;
import static dev.byway.e2e.FirewallTrial.share;
import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules that {@code byway ports} prints, on hosts that drop everything else both ways: in modes 1, 2 and 3 sharing
 * works, and a scan of all ports finds those open that the rules open. What is open and what only not filtered is told apart by
 * nmap: a closed port answers, with RST or ICMP, a filtered one not at all.
 */
@Tag("netns")
@Tag("long")
class FirewallRulesTest {
    private static final Lab.Speed SPEED = new Lab.Speed(100, 50);

    /** A mode, and where its peers may be. */
    enum Mode {
        LAN("1", "filtered (65535)"),
        GROUP("2", "7680/open filtered (65534)"),
        INTERNET("3", "7680/open filtered (65534)");

        private final String code;
        private final String outside;

        Mode(String code, String outside) {
            this.code = code;
            this.outside = outside;
        }
    }

    @TempDir
    Path home;

    static Stream<Arguments> firewallsAndModes() {
        return Stream.of(HostFirewall.values())
                .flatMap(wall -> Stream.of(Mode.values()).map(mode -> Arguments.of(wall, mode)));
    }

    @ParameterizedTest
    @MethodSource("firewallsAndModes")
    void openedByItsRulesSharingWorksAndNothingElseIsOpen(HostFirewall wall, Mode mode) throws Exception {
        wall.mustBeInstalled();
        try (Office office = Office.open(home, SPEED)) {
            List<Device> devices = office.devices(2, "DODownloadMode=" + mode.code, "DOGroupId=lab");
            Host neighbour = office.device().host();
            Host outside = office.lab().origin();
            for (Device device : devices) {
                wall.raise(device.host());
                assertThat(check(device, 1)).contains("blocked");
                wall.open(device);
                assertThat(check(device, 0)).containsOnly("open");
            }
            Host target = devices.getFirst().host();
            assertThat(scanUdp(neighbour, target, ALL))
                    .as("UDP from a neighbour")
                    .isEqualTo("5353/closed open|filtered (65534)");
            assertThat(scanUdp(outside, target, ALL)).as("UDP from outside").isEqualTo("open|filtered (65535)");
            share(office, devices);
            assertThat(scan(neighbour, target, ALL)).as("from a neighbour").isEqualTo("7680/open filtered (65534)");
            assertThat(scan(outside, neighbour, "7680"))
                    .as("from outside, where no firewall is")
                    .isEqualTo("7680/closed");
            assertThat(scan(outside, target, ALL)).as("from outside").isEqualTo(mode.outside);
        }
    }

    @Test
    void appliedTwiceIsAppliedOnceAndRemovedIsAsBeforeInNftables() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            Device device = office.device();
            HostFirewall.NFTABLES.raise(device.host());
            String before = device.host().exec("nft", "list", "ruleset");
            assertThat(check(device, 1)).containsOnly("blocked");
            change(device, "nftables", "--apply");
            String once = device.host().exec("nft", "list", "ruleset");
            assertThat(once).contains("jump byway-in", "tcp dport 7680 accept");
            change(device, "nftables", "--apply");
            assertThat(device.host().exec("nft", "list", "ruleset")).isEqualTo(once);
            assertThat(check(device, 0)).containsOnly("open");
            change(device, "nftables", "--remove");
            assertThat(device.host().exec("nft", "list", "ruleset")).isEqualTo(before);
        }
    }

    @Test
    void appliedTwiceIsAppliedOnceAndRemovedIsAsBeforeInUfw() throws Exception {
        HostFirewall.UFW.mustBeInstalled();
        try (Office office = Office.open(home, SPEED)) {
            Device device = office.device();
            Host host = device.host();
            HostFirewall.UFW.raise(host);
            String before = host.exec("ufw", "show", "added");
            HostFirewall.UFW.open(device);
            assertThat(check(device, 0)).containsOnly("open");
            String once = host.exec("ufw", "show", "added");
            HostFirewall.UFW.open(device);
            assertThat(host.exec("ufw", "show", "added")).isEqualTo(once);
            change(device, "ufw", "--remove");
            assertThat(host.exec("ufw", "show", "added")).isEqualTo(before);
            assertThat(scan(office.device().host(), host, "7680")).isEqualTo("7680/filtered");
        }
    }

    @Test
    void ufwIsHeldAgainstItsDefaultsAndItsRulesForInterfaces() {
        mustHave("/usr/sbin/ufw", "ufw");
        try (Office office = Office.open(home, SPEED)) {
            Device device = office.device();
            Host host = device.host();
            host.ownSettings("ufw");
            host.ownSettings("default");
            host.exec("ufw", "default", "deny", "incoming");
            host.exec("ufw", "default", "allow", "outgoing");
            host.exec("ufw", "--force", "enable");
            assertThat(peerIn(device, 1)).startsWith("blocked ufw, as iptables: policy DROP of chain INPUT");
            host.exec("ufw", "allow", "in", "on", "eth1", "to", "any", "port", "7680", "proto", "tcp");
            assertThat(peerIn(device, 1)).as("another interface").startsWith("blocked");
            host.exec("ufw", "allow", "in", "on", "eth0", "to", "any", "port", "7680", "proto", "tcp");
            assertThat(peerIn(device, 0)).isEqualTo("open ");
            host.exec("ufw", "deny", "in", "on", "eth0", "to", "any", "port", "7680", "proto", "tcp");
            assertThat(peerIn(device, 1)).startsWith("blocked ufw, as iptables: -A ufw-user-input -i eth0 -p tcp");
            change(device, "ufw", "--apply");
            assertThat(check(device, 0)).containsOnly("open");
        }
    }

    private static void change(Device device, String firewall, String how) {
        mustSucceed(device.run("ports", "--format", firewall, how));
    }

    /**
     * A fleet in mode 3 without DNS-SD: devices know each other from the coordinator alone, and all of them and the coordinator
     * drop by default.
     */
    @Test
    void inModeThreeACoordinatorBehindItsRulesBringsDevicesBehindTheirsTogether() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            Host coordinator = office.lab().coordinator();
            HostFirewall.NFTABLES.raise(coordinator);
            HostFirewall.NFTABLES.open(
                    new Device(coordinator, home.resolve("none"), List.of("listen.port=443")), "--role", "coordinator");
            FleetService fleet = office.fleet("site.prefixes=office=10.77.0.0/16");
            List<Device> devices = office.devices(2, "DODownloadMode=3", "lan.discovery=false");
            for (Device device : devices) {
                HostFirewall.NFTABLES.raise(device.host());
                HostFirewall.NFTABLES.open(device);
            }
            fleet.admit(devices);
            for (Device device : devices) {
                assertThat(check(device, 0)).containsOnly("open");
            }
            share(office, devices);
            Host outside = office.lab().origin();
            Host target = devices.getFirst().host();
            assertThat(scan(outside, coordinator, ALL)).isEqualTo("443/open filtered (65534)");
            assertThat(scan(target, coordinator, "443")).isEqualTo("443/open");
            assertThat(scan(outside, target, ALL))
                    .as("mode 3 has peers anywhere")
                    .isEqualTo("7680/open filtered (65534)");
        }
    }
}
