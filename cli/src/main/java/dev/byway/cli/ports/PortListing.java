package dev.byway.cli.ports;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.Json;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.ports.Circumstances;
import dev.byway.core.ports.PortNumber;
import dev.byway.core.ports.PortRule;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Prints rules for people and for scripts. */
final class PortListing {
    private PortListing() {}

    static void print(Console console, Circumstances now, List<PortRule> rules) {
        console.out().println(heading(now));
        for (PortRule rule : rules) {
            console.out()
                    .printf(
                            "%n%-4s%s %-5s from %s to %s%s%n    %s%n    without: %s%n",
                            rule.way().label(),
                            rule.transport(),
                            rule.port().label(),
                            rule.from(),
                            rule.to(),
                            rule.need().built() ? "" : "  (not built yet: no rule opens it)",
                            rule.need().purpose(),
                            rule.need().without());
        }
        console.out().flush();
    }

    private static String heading(Circumstances now) {
        String mode = "mode " + now.mode().code() + " (" + now.mode().label() + ")";
        String restricted = now.restriction() == PeerRestriction.NONE
                ? ""
                : ", peers restricted to " + now.restriction().label();
        return "Ports of the role " + now.role().label() + " in " + mode + restricted + ":";
    }

    static ObjectNode json(Circumstances now, List<PortRule> rules) {
        ObjectNode all = Json.object();
        all.put("role", now.role().label())
                .put("mode", now.mode().code())
                .put("restriction", now.restriction().label());
        all.set("rules", Json.array(rules, PortListing::fill));
        return all;
    }

    static void fill(ObjectNode node, PortRule rule) {
        node.put("name", rule.need().label()).put("protocol", rule.transport().label());
        port(node, rule.port());
        node.put("direction", rule.way().label())
                .put("from", rule.from())
                .put("to", rule.to())
                .put("purpose", rule.need().purpose())
                .put("without", rule.need().without())
                .put("built", rule.need().built());
    }

    static void port(ObjectNode node, PortNumber port) {
        switch (port) {
            case PortNumber.One(int number) -> node.put("port", number);
            case PortNumber.Any any -> node.put("port", any.label());
        }
    }
}
