package dev.byway.e2e;

import static dev.byway.e2e.FirewallTrial.ALL;
import static dev.byway.e2e.FirewallTrial.check;
import static dev.byway.e2e.FirewallTrial.mustHave;
import static dev.byway.e2e.FirewallTrial.mustSucceed;
import static dev.byway.e2e.FirewallTrial.peerIn;
import static dev.byway.e2e.FirewallTrial.printed;
import static dev.byway.e2e.FirewallTrial.scan;
import static dev.byway.e2e.FirewallTrial.share;
import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rules that {@code byway ports} prints, on hosts that drop everything else both ways: sharing works, and a scan of all
 * TCP ports finds those open that the rules open. Where a port is open or only not filtered is told apart by nmap: a closed
 * port answers with RST, a filtered one not at all.
 */
@Tag("netns")
@Tag("long")
class FirewallRulesTest {
    private static final Lab.Speed SPEED = new Lab.Speed(100, 50);

    /** What any such host has: loopback, answers, name service, neighbour discovery; and nothing more. */
    private static final String DROP = """
            table inet filter {
                chain input {
                    type filter hook input priority filter; policy drop;
                    iif lo accept
                    ct state established,related accept
                    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
                }
                chain output {
                    type filter hook output priority filter; policy drop;
                    oif lo accept
                    ct state established,related accept
                    udp dport 53 accept
                    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit } accept
                }
            }
            """;

    @TempDir
    Path home;

    @Test
    void withThePrintedRulesOfNftablesSharingWorksAndNothingElseIsOpen() throws Exception {
        provePrinted("nftables", (host, rules) -> host.exec("nft", "-f", rules.toString()));
    }

    @Test
    void withThePrintedRulesOfIptablesSharingWorksAndNothingElseIsOpen() throws Exception {
        mustHave("/usr/sbin/iptables", "iptables");
        provePrinted("iptables", (host, rules) -> host.exec("sh", "-e", rules.toString()));
    }

    @Test
    void appliedTwiceIsAppliedOnceAndRemovedIsAsBeforeInNftables() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            Device device = office.device();
            drop(device.host(), "nftables");
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
    void appliedToUfwSharingWorksAndNothingElseIsOpenAndRemovedIsAsBefore() throws Exception {
        mustHave("/usr/sbin/ufw", "ufw");
        try (Office office = Office.open(home, SPEED)) {
            List<Device> devices = office.devices(2);
            Device neighbour = office.device();
            Host target = devices.getFirst().host();
            for (Device device : devices) {
                device.host().ownSettings("ufw");
                device.host().ownSettings("default");
                device.host().exec("ufw", "default", "deny", "incoming");
                device.host().exec("ufw", "default", "deny", "outgoing");
                device.host().exec("ufw", "--force", "enable");
            }
            String before = target.exec("ufw", "show", "added");
            for (Device device : devices) {
                change(device, "ufw", "--apply");
            }
            assertThat(check(devices.getFirst(), 0)).containsOnly("open");
            String once = target.exec("ufw", "show", "added");
            change(devices.getFirst(), "ufw", "--apply");
            assertThat(target.exec("ufw", "show", "added")).isEqualTo(once);
            share(office, devices);
            assertThat(scan(neighbour.host(), target, ALL)).isEqualTo("7680/open filtered (65534)");
            change(devices.getFirst(), "ufw", "--remove");
            assertThat(target.exec("ufw", "show", "added")).isEqualTo(before);
            assertThat(scan(neighbour.host(), target, "7680")).isEqualTo("7680/filtered");
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

    /** Loads the rules in a file on a host. */
    private interface Loader {
        void load(Host host, Path rules);
    }

    private void provePrinted(String format, Loader loader) throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            List<Device> devices = office.devices(2);
            Device neighbour = office.device();
            for (Device device : devices) {
                drop(device.host(), format);
                assertThat(check(device, 1)).containsOnly("blocked");
                loader.load(
                        device.host(),
                        printed(
                                device.run("ports", "--format", format),
                                device.state().resolveSibling("rules")));
                assertThat(check(device, 0)).containsOnly("open");
            }
            share(office, devices);
            Host target = devices.getFirst().host();
            assertThat(scan(neighbour.host(), target, ALL))
                    .as("from a neighbour")
                    .isEqualTo("7680/open filtered (65534)");
            Host outside = office.lab().origin();
            assertThat(scan(outside, neighbour.host(), "7680"))
                    .as("from outside, where no firewall is")
                    .isEqualTo("7680/closed");
            assertThat(scan(outside, target, ALL)).as("from outside").isEqualTo("filtered (65535)");
        }
    }

    /**
     * A fleet in mode 3 without DNS-SD: devices know each other from the coordinator alone, and all of them and the coordinator
     * drop by default.
     */
    @Test
    void inModeThreeACoordinatorBehindItsRulesBringsDevicesBehindTheirsTogether() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            Host coordinator = office.lab().coordinator();
            drop(coordinator, "nftables");
            loadPrinted(coordinator, "--role", "coordinator", "--set", "listen.port=443");
            FleetService fleet = office.fleet("site.prefixes=office=10.77.0.0/16");
            List<Device> devices = office.devices(2, "DODownloadMode=3", "lan.discovery=false");
            for (Device device : devices) {
                drop(device.host(), "nftables");
                Path rules = device.state().resolveSibling("rules");
                printed(device.run("ports", "--format", "nftables"), rules);
                device.host().exec("nft", "-f", rules.toString());
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

    private void loadPrinted(Host host, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("ports", "--format", "nftables"));
        command.addAll(List.of("--state", home.resolve("none").toString()));
        command.addAll(List.of(options));
        Path rules = printed(host.spawn(Program.command(command.toArray(String[]::new))), home.resolve("rules"));
        host.exec("nft", "-f", rules.toString());
    }

    private void drop(Host host, String format) throws Exception {
        if (format.equals("iptables")) {
            for (String program : List.of("iptables", "ip6tables")) {
                for (String words : List.of(
                        "-A INPUT -i lo -j ACCEPT",
                        "-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
                        "-A OUTPUT -o lo -j ACCEPT",
                        "-A OUTPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
                        "-P INPUT DROP",
                        "-P OUTPUT DROP")) {
                    host.exec((program + " " + words).split(" "));
                }
            }
        } else {
            host.exec(
                    "nft",
                    "-f",
                    Files.writeString(home.resolve("drop.nft"), DROP).toString());
        }
    }
}
