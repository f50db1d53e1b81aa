package dev.byway.cli.ports;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.Surroundings;
import dev.byway.cli.command.Table;
import dev.byway.core.ports.Command;
import dev.byway.core.ports.Decider;
import dev.byway.core.ports.FirewallReading;
import dev.byway.core.ports.FirewallReading.Finding;
import dev.byway.core.ports.FirewallTextException;
import dev.byway.core.ports.Machine;
import dev.byway.core.ports.PortRule;
import dev.byway.core.ports.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Asks this machine's firewall what it does with what is needed. Changes nothing. */
record FirewallCheck(Surroundings surroundings) {
    /** For each need. Where the firewall cannot be read, nothing is said of it. */
    List<Finding> findings(List<PortRule> rules, Machine machine) {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            return unknown(rules, machine, obstacle.get());
        }
        Optional<String> nftables = ask(Command.of("nft -j list ruleset"));
        Optional<String> iptables = ask(Command.of("iptables-save"));
        Optional<String> ip6tables = ask(Command.of("ip6tables-save"));
        if (Stream.of(nftables, iptables, ip6tables).allMatch(Optional::isEmpty)) {
            return unknown(rules, machine, "neither nft nor iptables-save can be run here");
        }
        try {
            return FirewallReading.of(nftables, iptables, ip6tables).check(rules, machine);
        } catch (FirewallTextException e) {
            return unknown(rules, machine, String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> obstacle() {
        return switch (surroundings.platform()) {
            case LINUX ->
                surroundings.privileged()
                        ? Optional.empty()
                        : Optional.of("only root may read the firewall: run the same command with sudo");
            case WINDOWS, MACOS -> Optional.of("the firewall of this system is not read yet");
        };
    }

    private static Optional<String> ask(Command question) {
        try {
            return Optional.of(Tools.run(question, Optional.empty()));
        } catch (CommandException e) {
            return Optional.empty(); // not installed; the others may be
        }
    }

    private static List<Finding> unknown(List<PortRule> rules, Machine machine, String why) {
        return FirewallReading.of(Optional.empty(), Optional.empty(), Optional.empty()).check(rules, machine).stream()
                .map(finding -> new Finding(finding.rule(), finding.family(), new Verdict.Unknown(why)))
                .toList();
    }

    static void print(Console console, List<Finding> findings) {
        Table table = new Table();
        findings.forEach(finding -> table.row(
                finding.verdict().label(),
                finding.rule().way().label(),
                finding.rule().transport() + " " + finding.rule().port().label(),
                finding.family(),
                finding.rule().need().label(),
                finding.verdict().detail()));
        table.print(console);
    }

    static ObjectNode json(List<Finding> findings) {
        ObjectNode all = Json.object();
        all.set("checks", Json.array(findings, FirewallCheck::fill));
        return all;
    }

    private static void fill(ObjectNode node, Finding finding) {
        PortListing.fill(node, finding.rule());
        node.put("family", finding.family()).put("state", finding.verdict().label());
        if (!finding.verdict().detail().isEmpty()) {
            node.put("by", finding.verdict().detail());
        }
        if (finding.verdict() instanceof Verdict.Blocked(Decider by)) {
            node.put("undo", by.undo());
        }
    }
}
