package dev.byway.cli.ports;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.Surroundings;
import dev.byway.cli.command.Table;
import dev.byway.core.policy.Platform;
import dev.byway.core.ports.Command;
import dev.byway.core.ports.Decider;
import dev.byway.core.ports.FirewallReading;
import dev.byway.core.ports.FirewallReading.Finding;
import dev.byway.core.ports.Machine;
import dev.byway.core.ports.PortRule;
import dev.byway.core.ports.Verdict;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Asks this machine's firewall what it does with what is needed. Changes nothing. */
record FirewallCheck(Surroundings surroundings) {
    /** For each need. Where the firewall cannot be read, nothing is said of it. */
    List<Finding> findings(List<PortRule> rules, Machine machine) {
        return obstacle()
                .map(why -> FirewallReading.unknown(why, machine))
                .orElseGet(() -> FirewallReading.of(surroundings.platform(), answers(), machine))
                .check(rules);
    }

    private Optional<String> obstacle() {
        return surroundings.privileged() || surroundings.platform() == Platform.WINDOWS
                ? Optional.empty()
                : Optional.of("only root may read the firewall: run the same command with sudo");
    }

    private List<Optional<String>> answers() {
        return FirewallReading.questions(surroundings.platform()).stream()
                .map(FirewallCheck::ask)
                .toList();
    }

    private static Optional<String> ask(Command question) {
        try {
            return Optional.of(Tools.run(question, Optional.empty()));
        } catch (CommandException e) {
            return Optional.empty(); // not installed; the others may be
        }
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
