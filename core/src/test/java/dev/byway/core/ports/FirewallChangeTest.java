package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.policy.DownloadMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirewallChangeTest {
    private static final Machine MACHINE = Cases.machine("10.77.0.0/24", "fe80::/64");
    private static final String DROPS = """
            {"nftables": [{"metainfo": {"version": "1.0.6"}},
            {"chain": {"family": "inet", "table": "office", "name": "gate", "handle": 1, "type": "filter", "hook": "input", "prio": 0, "policy": "drop"}},
            {"chain": {"family": "ip", "table": "old", "name": "out", "handle": 2, "type": "filter", "hook": "output", "prio": 0, "policy": "drop"}},
            {"chain": {"family": "inet", "table": "watch", "name": "count", "handle": 3, "type": "filter", "hook": "input", "prio": 0, "policy": "accept"}},
            {"rule": {"family": "inet", "table": "watch", "chain": "count", "handle": 4, "expr": [{"counter": {"packets": 0}}]}}]}
            """;

    private static List<FirewallChange.Step> apply(Firewall firewall, String... answers) {
        return FirewallChange.apply(firewall, PortRule.all(Cases.device(DownloadMode.LAN)), MACHINE)
                .steps(List.of(answers));
    }

    private static List<String> remove(Firewall firewall, String... answers) {
        return FirewallChange.remove(firewall).steps(List.of(answers)).stream()
                .map(step ->
                        step.command() + step.input().map(input -> "\n" + input).orElse(""))
                .toList();
    }

    @Test
    void theRulesGoBeforeEachBaseChainThatDropsAndToNoOther() {
        String script = apply(Firewall.NFTABLES, DROPS).getFirst().input().orElseThrow();
        assertThat(script)
                .contains(
                        "add chain inet office byway-in\n",
                        "add rule inet office byway-in ip saddr { 10.77.0.0/24 } tcp dport 7680 accept",
                        "insert rule inet office gate jump byway-in comment \"byway\"\n",
                        "add rule ip old byway-out ip daddr { 10.77.0.0/24 } tcp dport 7680 accept",
                        "insert rule ip old out jump byway-out comment \"byway\"\n")
                .doesNotContain("watch", "add rule ip old byway-out ip6", "delete");
    }

    @Test
    void nothingToOpenIsNothingToDo() {
        assertThat(apply(Firewall.NFTABLES, "{\"nftables\": []}")).isEmpty();
        assertThat(remove(Firewall.NFTABLES, DROPS)).isEmpty();
    }

    @Test
    void whatIsThereOfBywayGoesFirst() {
        String there = DROPS.replaceFirst("]}\\s*$", """
                ,{"chain": {"family": "inet", "table": "office", "name": "byway-in", "handle": 7}},
                {"rule": {"family": "inet", "table": "office", "chain": "gate", "handle": 9, "comment": "byway", "expr": [{"jump": {"target": "byway-in"}}]}}]}
                """);
        String removal = """
                delete rule inet office gate handle 9
                flush chain inet office byway-in
                delete chain inet office byway-in
                """;
        assertThat(remove(Firewall.NFTABLES, there)).containsExactly("nft -f -\n" + removal);
        assertThat(apply(Firewall.NFTABLES, there).getFirst().input().orElseThrow())
                .startsWith(removal);
    }

    @Test
    void rulesOfOtherToolsAreLeftToThem() {
        String ufw = DROPS.replace("\"gate\"", "\"INPUT\"");
        assertThatThrownBy(() -> apply(Firewall.NFTABLES, ufw)).hasMessageContaining("--format ufw");
        String firewalld = DROPS.replace("\"office\"", "\"firewalld\"");
        assertThatThrownBy(() -> apply(Firewall.NFTABLES, firewalld)).hasMessageContaining("--format firewalld");
        assertThatThrownBy(() -> apply(Firewall.NFTABLES, "no JSON")).isInstanceOf(FirewallTextException.class);
    }

    @Test
    void ofUfwTheRulesWithOurCommentGo() {
        String added = """
                Added user rules (see 'ufw status' for running firewall):
                ufw allow 22/tcp
                ufw allow in from 10.77.0.0/24 to any port 7680 proto tcp comment 'byway peer-in'
                ufw allow 80 comment 'web, not byway'
                """;
        assertThat(remove(Firewall.UFW, added))
                .containsExactly("ufw delete allow in from 10.77.0.0/24 to any port 7680 proto tcp");
    }

    @Test
    void ofFirewalldTheServicesAndTheRulesThatNameThemGo() {
        String zones = """
                public (active)
                  target: default
                  rich rules:
                \trule family="ipv4" source address="10.77.0.0/24" service name="byway-peer-in" accept
                \trule service name="ssh" accept
                """;
        assertThat(remove(Firewall.FIREWALLD, zones, "ssh byway-peer-in dns", "public\n", ""))
                .containsExactly(
                        "firewall-cmd --permanent --zone=public '--remove-rich-rule=rule family=\"ipv4\" source"
                                + " address=\"10.77.0.0/24\" service name=\"byway-peer-in\" accept'",
                        "firewall-cmd --permanent --delete-service=byway-peer-in",
                        "firewall-cmd --reload");
    }

    @Test
    void inFirewalldAllZonesThatPacketsMayEnterGetTheRules() {
        String active = """
                internal
                  interfaces: eth0 wg0
                public (default)
                  interfaces: eth1
                work
                  sources: 192.168.7.0/24
                """;
        assertThat(apply(Firewall.FIREWALLD, "", "", "public\n", active))
                .extracting(step -> step.command().toString())
                .filteredOn(command ->
                        command.contains("--add-rich-rule") && command.contains("peer-in") && command.contains("ipv4"))
                .extracting(command -> command.replaceFirst(".*--zone=(\\S+) .*", "$1"))
                .containsExactly("public", "internal", "work");
    }

    @Test
    void windowsRemovesTheGroupAndFailsAtTheFirstError() {
        FirewallChange.Step step = apply(Firewall.WINDOWS).getFirst();
        assertThat(step.command().toString()).startsWith("powershell.exe -NoProfile -NonInteractive");
        assertThat(step.input().orElseThrow())
                .startsWith("$ErrorActionPreference = 'Stop'\n")
                .contains("Remove-NetFirewallRule", "New-NetFirewallRule -Group Byway");
    }
}
