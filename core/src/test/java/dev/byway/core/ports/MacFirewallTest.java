package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.Platform;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is read from the tools of macOS. No macOS was at hand: the prints are put together as {@link Printed} says. */
class MacFirewallTest {
    private static final String ON = "Firewall is enabled. (State = 1) ";
    private static final String OFF = "Firewall is disabled. (State = 0)";
    private static final String NOT_ALL = "Firewall has block all state set to disabled. ";
    private static final String SIGNED = "Automatically allow built-in signed software ENABLED. \n"
            + "Automatically allow downloaded signed software ENABLED. ";
    private static final String PF_OFF = "Status: Disabled                              Debug: Urgent\n";
    private static final String PF_ON = "Status: Enabled for 0 days 02:11:05           Debug: Urgent\n";
    private static final String APP = "/Applications/Byway.app/Contents/runtime/bin/java";

    private static Verdict verdict(List<Optional<String>> answers, String program, Need need, String family) {
        Machine machine = new Machine(
                List.of(new Link(
                        "en0",
                        Cases.machine("10.77.0.0/24", "fe80::/64")
                                .links()
                                .getFirst()
                                .prefixes())),
                Optional.of(program));
        return FirewallReading.of(Platform.MACOS, answers, machine)
                .check(PortRule.all(Cases.device(DownloadMode.LAN)))
                .stream()
                .filter(finding ->
                        finding.rule().need() == need && finding.family().equals(family))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private static Verdict applications(String state, String blockAll, String list, String program, Need need) {
        return verdict(
                List.of(
                        Optional.of(state),
                        Optional.of(blockAll),
                        Optional.of(SIGNED),
                        Optional.of(list),
                        Optional.of(PF_OFF),
                        Optional.empty(),
                        Optional.empty()),
                program,
                need,
                "IPv4");
    }

    private static Verdict packets(String rules, Need need, String family) {
        return verdict(
                List.of(
                        Optional.of(OFF),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(PF_ON),
                        Optional.empty(),
                        Optional.of(rules)),
                APP,
                need,
                family);
    }

    @Test
    void theApplicationFirewallKnowsProgramsAndOnlyWhatComesIn() {
        for (String list : List.of(Printed.text("apps.alf"), Printed.text("apps-10.15.alf"))) {
            assertThat(applications(ON, NOT_ALL, list, APP, Need.PEER_IN)).isEqualTo(new Verdict.Open());
        }
        String java = "/Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home/bin/java";
        assertThat(applications(ON, NOT_ALL, Printed.text("apps.alf"), java, Need.PEER_IN))
                .isEqualTo(new Verdict.Blocked(new Decider(
                        "macOS' application firewall: " + java + " is blocked",
                        "/usr/libexec/ApplicationFirewall/socketfilterfw --unblockapp " + java)));
        assertThat(applications(ON, NOT_ALL, Printed.text("apps.alf"), java, Need.PEER_OUT))
                .isEqualTo(new Verdict.Open());
        assertThat(applications(OFF, NOT_ALL, Printed.text("apps.alf"), java, Need.PEER_IN))
                .isEqualTo(new Verdict.Open());
    }

    @Test
    void whatItDoesNotListIsUnknown() {
        assertThat(applications(ON, NOT_ALL, Printed.text("apps.alf"), "/opt/jdk/bin/java", Need.PEER_IN)
                        .detail())
                .contains("/opt/jdk/bin/java is not listed", "signed", "--add /opt/jdk/bin/java");
    }

    @Test
    void blockingAllIsSaidInThreeWays() {
        String list = Printed.text("apps.alf");
        for (Verdict verdict : List.of(
                applications(ON, "Firewall has block all state set to enabled.", list, APP, Need.PEER_IN),
                applications(ON, "Block all ENABLED! ", list, APP, Need.PEER_IN),
                applications(
                        "Firewall is blocking all non-essential incoming connections. (State = 2)",
                        "",
                        list,
                        APP,
                        Need.PEER_IN))) {
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Blocked.class,
                            blocked -> assertThat(blocked.by().undo()).endsWith("--setblockall off"));
        }
        assertThat(applications(ON, "Block all DISABLED! ", list, APP, Need.PEER_IN))
                .isEqualTo(new Verdict.Open());
    }

    @Test
    void ofThePacketFilterTheLastRuleDecidesUnlessOneIsQuick() {
        String rules = Printed.text("closed.pf");
        assertThat(packets(rules, Need.PEER_IN, "IPv4")).isEqualTo(new Verdict.Open());
        assertThat(packets(rules, Need.PEER_IN, "IPv6").detail()).isEqualTo("pf: block drop in all");
        assertThat(packets(rules, Need.DISCOVERY_IN, "IPv4")).isEqualTo(new Verdict.Open());
        assertThat(packets(rules, Need.PEER_OUT, "IPv4")).isEqualTo(new Verdict.Open());
        assertThat(packets(rules, Need.PEER_OUT_ELSEWHERE, "IPv4").detail())
                .isEqualTo("pf: block drop out inet proto tcp from any to 10.0.0.0/8 port = 7690");
        assertThat(packets("block drop in quick all\npass in all\n", Need.PEER_IN, "IPv4")
                        .label())
                .isEqualTo("blocked");
        assertThat(packets("pass in all flags S/SA keep state\nblock drop in all\n", Need.PEER_IN, "IPv4")
                        .label())
                .isEqualTo("blocked");
        assertThat(packets("block drop in on en1 all\n", Need.PEER_IN, "IPv4")).isEqualTo(new Verdict.Open());
        assertThat(packets("block drop in on ! lo0 all\n", Need.PEER_IN, "IPv4").label())
                .isEqualTo("blocked");
    }

    @Test
    void anAnchorThatWasNotPrintedMayHoldAnything() {
        assertThat(packets(Printed.text("stock.pf"), Need.PEER_IN, "IPv4").detail())
                .isEqualTo("pf: anchor \"com.apple/*\" all");
        assertThat(packets("anchor \"com.apple/*\" all {\n}\n", Need.PEER_IN, "IPv4"))
                .isEqualTo(new Verdict.Open());
        assertThat(packets("anchor \"a b\" in on en1 all {\n  block drop quick all\n}\n", Need.PEER_IN, "IPv4"))
                .as("another interface")
                .isEqualTo(new Verdict.Open());
        assertThat(packets("block drop in proto tcp from <bad> to any\n", Need.PEER_IN, "IPv4")
                        .label())
                .as("a table that was not printed")
                .isEqualTo("unknown");
    }

    @Test
    void whatCouldNotBeAskedIsUnknown() {
        assertThat(verdict(
                                List.of(
                                        Optional.of(ON),
                                        Optional.of(NOT_ALL),
                                        Optional.of(SIGNED),
                                        Optional.of(Printed.text("apps.alf")),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                APP,
                                Need.PEER_IN,
                                "IPv4")
                        .detail())
                .contains("pfctl -s info");
        assertThat(applications("?", NOT_ALL, "", APP, Need.PEER_IN).detail()).contains("--getglobalstate");
    }
}
