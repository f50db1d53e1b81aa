package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules that {@code byway ports} prints, on hosts that drop everything else both ways: sharing works, and a scan of all
 * TCP ports finds those open that the rules open. Where a port is open or only not filtered is told apart by nmap: a closed
 * port answers with RST, a filtered one not at all.
 */
@Tag("netns")
@Tag("long")
class FirewallRulesTest {
    private static final int LENGTH = 8 << 20;
    private static final Lab.Speed SPEED = new Lab.Speed(100, 50);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ALL = "1-65535";
    private static final Pattern STATE = Pattern.compile("\\d+/[a-z|]+(?=/tcp)|(?<=Ignored State: )[a-z|]+ \\(\\d+\\)");

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

    private static void change(Device device, String firewall, String how) {
        Running ports = device.run("ports", "--format", firewall, how);
        assertThat(ports.awaitEnd(PATIENCE)).as(ports::errors).isZero();
    }

    /** What {@code byway ports --check} says of each need. */
    private static List<String> check(Device device, int exitCode) {
        Running check = device.run("ports", "--check", "--json");
        assertThat(check.awaitEnd(PATIENCE)).as(check::output).isEqualTo(exitCode);
        return JsonMapper.shared().readTree(check.output()).path("checks").findValuesAsString("state");
    }

    private static void mustHave(String program, String packet) {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(program)),
                program + " is not installed (apt install " + packet + "): skipped");
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
                Running ports = device.run("ports", "--format", format);
                assertThat(ports.awaitEnd(PATIENCE)).as(ports::errors).isZero();
                loader.load(device.host(), Files.writeString(device.state().resolveSibling("rules"), ports.output()));
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

    private static void share(Office office, List<Device> devices) throws Exception {
        PublishedFile file = office.publish("file.bin", LENGTH);
        Office.start(devices);
        Device first = devices.getFirst();
        Fetched.await(first, file, first.get(file), PATIENCE);
        Device second = devices.getLast();
        Fetched fetched = Fetched.await(second, file, second.get(file), PATIENCE);
        System.out.printf("default drop both ways: %d of %d bytes from the LAN%n", fetched.lan(), LENGTH);
        assertThat(fetched.lan()).as("%s", fetched.report()).isGreaterThanOrEqualTo(LENGTH * 99L / 100);
    }

    /** What nmap says of these TCP ports: the states of those it names, and how many it passes over as filtered. */
    private static String scan(Host scanner, Host target, String ports) {
        mustHave("/usr/bin/nmap", "nmap");
        Running scan = scanner.spawn(List.of(
                "nmap",
                "-n",
                "-Pn",
                "-sS",
                "-p",
                ports,
                "--min-rate",
                "3000",
                "--max-retries",
                "1",
                "-oG",
                "-",
                target.address()));
        assertThat(scan.awaitEnd(PATIENCE)).as(scan::errors).isZero();
        return STATE.matcher(scan.output()).results().map(MatchResult::group).collect(Collectors.joining(" "));
    }
}
