package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PortsCommandTest {
    @TempDir
    Path folder;

    @Test
    void settingsAreTheDefaultAndOptionsGoBeforeThem() {
        CommandRun set = CommandRun.in(folder, "ports", "--json", "--set", "peer.port=7777");
        assertThat(set.exitCode()).as(set.err()).isZero();
        assertThat(set.json().path("mode").asInt()).isEqualTo(1);
        JsonNode first = set.json().path("rules").get(0);
        assertThat(first.path("port").asInt()).isEqualTo(7777);
        assertThat(first.path("direction").asString()).isEqualTo("in");
        assertThat(first.path("protocol").asString()).isEqualTo("tcp");
        CommandRun mode =
                CommandRun.in(folder, "ports", "--format", "json", "--mode", "0", "--set", "DODownloadMode=3");
        assertThat(mode.json().path("mode").asInt()).isZero();
        assertThat(mode.json().path("rules").findValuesAsString("direction")).containsOnly("out");
    }

    @Test
    void wordsSayWhatStopsWithout() {
        CommandRun run = CommandRun.in(folder, "ports");
        assertThat(run.out())
                .contains("mode 1 (lan)", "in  TCP 7680  from local subnet to this machine", "without: other devices");
    }

    @Test
    void rulesForWindowsHaveItsPortAndTheProgram() {
        CommandRun run = CommandRun.in(folder, "ports", "--format", "windows", "--program", "C:\\java.exe");
        assertThat(run.out()).contains("-LocalPort 7690", "-Program 'C:\\java.exe'", "-RemoteAddress LocalSubnet");
    }

    @Test
    void whatMakesNoSenseIsWrongUsage() {
        assertThat(CommandRun.in(folder, "ports", "--mode", "7"))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("--mode 7", "99"));
        assertThat(CommandRun.in(folder, "ports", "--restrict", "street"))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("none, subnet or local"));
        assertThat(CommandRun.in(folder, "ports", "--format", "pf").exitCode()).isEqualTo(2);
        assertThat(CommandRun.in(folder, "ports", "--role", "king").exitCode()).isEqualTo(2);
    }

    @Test
    void changingAFirewallNeedsItsNameAndTheRights() {
        CommandRun which = CommandRun.in(folder, "ports", "--apply");
        assertThat(which.exitCode()).isEqualTo(2);
        assertThat(which.err()).contains("--format nftables, ufw, firewalld or windows");
        CommandRun rights = CommandRun.in(folder, "ports", "--apply", "--format", "nftables");
        assertThat(rights.exitCode()).isEqualTo(1);
        assertThat(rights.err()).contains("only root", "sudo");
        assertThat(CommandRun.in(folder, "ports", "--apply", "--remove", "--format", "ufw")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void microsoftsOwnPortsComeWithTheirSourcesAndTheWrongAdvice() {
        CommandRun lan = CommandRun.in(folder, "ports", "--system", "microsoft", "--json");
        assertThat(lan.json().path("rules").findValuesAsString("port"))
                .contains("7680", "443")
                .doesNotContain("3544");
        assertThat(lan.json().path("wrongAdvice").size()).isEqualTo(4);
        CommandRun group = CommandRun.in(folder, "ports", "--system", "microsoft", "--mode", "2");
        assertThat(group.out()).contains("UDP 3544", "win1910.ipv6.microsoft.com", "open TCP 443 inbound", "source: ");
        assertThat(CommandRun.in(folder, "ports", "--system", "microsoft", "--format", "ufw")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void withoutTheRightsToReadTheFirewallAllIsUnknownAndSaysWhy() {
        CommandRun check = CommandRun.in(folder, "ports", "--check", "--json");
        assertThat(check.exitCode()).isZero();
        assertThat(check.json().path("checks").findValuesAsString("state")).containsOnly("unknown");
        assertThat(check.json().path("checks").get(0).path("by").asString()).contains("only root", "sudo");
    }
}
