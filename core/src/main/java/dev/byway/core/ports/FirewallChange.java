package dev.byway.core.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the rules into this machine's firewall, or takes them out. First {@link #questions} are asked of its tools; with the
 * answers, {@link #steps} says what to run. What is there of Byway's goes first, so doing it twice is as doing it once.
 */
public final class FirewallChange {
    private final Firewall firewall;
    private final Machine machine;
    private final List<Opening> openings;

    private FirewallChange(Firewall firewall, Machine machine, List<Opening> openings) {
        this.firewall = firewall;
        this.machine = machine;
        this.openings = openings;
    }

    /**
     * Something to run.
     *
     * @param command the program and its arguments
     * @param input for its standard input
     */
    public record Step(Command command, Optional<String> input) {}

    /** Puts these rules in. */
    public static FirewallChange apply(Firewall firewall, List<PortRule> rules, Machine machine) {
        return new FirewallChange(firewall, machine, Opening.of(rules, machine));
    }

    /** Takes all rules of Byway out. */
    public static FirewallChange remove(Firewall firewall) {
        return new FirewallChange(firewall, new Machine(List.of(), Optional.empty()), List.of());
    }

    /** What to ask before; each prints one of the answers. */
    public List<Command> questions() {
        return switch (firewall) {
            case NFTABLES -> List.of(Command.of("nft -j list ruleset"));
            case UFW -> List.of(Command.of("ufw show added"));
            case FIREWALLD ->
                List.of(
                        Command.of("firewall-cmd --permanent --list-all-zones"),
                        Command.of("firewall-cmd --permanent --get-services"),
                        Command.of("firewall-cmd --get-default-zone"),
                        Command.of("firewall-cmd --get-active-zones"));
            case WINDOWS, IPTABLES -> List.of();
        };
    }

    /**
     * What to run.
     *
     * @param answers to the {@link #questions}, in their order
     * @throws FirewallTextException when an answer cannot be used, or the rules are another tool's
     */
    public List<Step> steps(List<String> answers) {
        return switch (firewall) {
            case NFTABLES -> nftables(NftRuleset.parse(answers.getFirst()));
            case UFW -> run(UfwRules.remove(answers.getFirst()), UfwRules.add(openings));
            case FIREWALLD ->
                run(
                        FirewalldRules.remove(answers.get(0), answers.get(1)),
                        FirewalldRules.add(openings, FirewalldRules.zones(answers.get(2), answers.get(3))));
            case WINDOWS ->
                List.of(new Step(
                        Command.of("powershell.exe -NoProfile -NonInteractive -Command -"),
                        Optional.of(WindowsRules.REMOVAL + WindowsRules.script(openings, machine))));
            case IPTABLES ->
                throw new FirewallTextException("iptables keeps no rules over a restart by itself, so Byway does not"
                        + " change it: load what byway ports --format iptables prints where the others are loaded");
        };
    }

    private List<Step> nftables(NftRuleset now) {
        String script = openings.isEmpty() ? NftablesChange.removal(now) : NftablesChange.apply(now, openings);
        return script.isEmpty() ? List.of() : List.of(new Step(Command.of("nft -f -"), Optional.of(script)));
    }

    private static List<Step> run(List<Command> first, List<Command> then) {
        List<Command> all = new ArrayList<>(first);
        all.addAll(then);
        return all.stream().map(command -> new Step(command, Optional.empty())).toList();
    }
}
