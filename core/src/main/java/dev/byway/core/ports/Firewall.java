package dev.byway.core.ports;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The firewalls whose language the rules can be written in. */
public enum Firewall {
    WINDOWS,
    NFTABLES,
    IPTABLES,
    UFW,
    FIREWALLD;

    /** As {@code --format} takes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The rules as an administrator loads them: a script, each line of which can be read. What is not built is left out.
     * Answers to what was let through are presumed to pass, as they do wherever a firewall keeps state.
     */
    public String script(List<PortRule> rules, Machine machine) {
        List<Opening> openings = Opening.of(rules, machine);
        return switch (this) {
            case WINDOWS -> WindowsRules.script(openings, machine);
            case NFTABLES -> NftablesRules.script(openings);
            case IPTABLES -> commands("iptables and ip6tables", IptablesRules.commands(openings));
            case UFW -> commands("ufw", UfwRules.add(openings));
            case FIREWALLD ->
                commands(
                        "firewalld, in its default zone (--apply: in all that are active); it lets out whatever no"
                                + " policy forbids",
                        FirewalldRules.add(openings));
        };
    }

    private static String commands(String of, List<Command> commands) {
        return commands.stream()
                .map(Command::toString)
                .collect(
                        Collectors.joining("\n", "# Byway's ports, for " + of + ".\n", commands.isEmpty() ? "" : "\n"));
    }
}
