package dev.byway.core.ports;

import dev.byway.core.policy.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the firewall of a machine does with what Byway needs, read from what its tools print: first the {@link #questions} are
 * asked of them. On Linux ufw and firewalld are read through the rules of iptables or nftables that they make, which are what
 * counts whatever else was loaded beside them.
 */
public final class FirewallReading {
    private final List<PacketFilter> filters;
    private final Machine machine;

    private FirewallReading(List<PacketFilter> filters, Machine machine) {
        this.filters = List.copyOf(filters);
        this.machine = machine;
    }

    /**
     * What was found for one rule.
     *
     * @param rule the need
     * @param family {@code IPv4} or {@code IPv6}
     */
    public record Finding(PortRule rule, String family, Verdict verdict) {}

    /** What to ask; each prints one of the answers, or cannot be run. */
    public static List<Command> questions(Platform platform) {
        return switch (platform) {
            case LINUX ->
                List.of(Command.of("nft -j list ruleset"), Command.of("iptables-save"), Command.of("ip6tables-save"));
            case WINDOWS -> WindowsFirewall.QUESTIONS;
            case MACOS -> MacFirewall.QUESTIONS;
        };
    }

    /**
     * Reads the answers to the {@link #questions}, in their order. What cannot be read makes every need unknown.
     *
     * @param answers empty for what could not be run
     */
    public static FirewallReading of(Platform platform, List<Optional<String>> answers, Machine machine) {
        if (answers.stream().allMatch(Optional::isEmpty)) {
            return unknown("none of " + programs(platform) + " can be run here", machine);
        }
        try {
            List<PacketFilter> filters = switch (platform) {
                case LINUX -> linux(answers.get(0), answers.get(1), answers.get(2));
                case WINDOWS -> WindowsFirewall.filters(answers, machine);
                case MACOS -> MacFirewall.filters(answers, machine);
            };
            return new FirewallReading(filters, machine);
        } catch (FirewallTextException e) {
            return unknown(String.valueOf(e.getMessage()), machine);
        }
    }

    /** The reading of a firewall that could not be asked. */
    public static FirewallReading unknown(String why, Machine machine) {
        return new FirewallReading(List.of(_ -> new Verdict.Unknown(why)), machine);
    }

    private static String programs(Platform platform) {
        return String.join(
                ", ",
                questions(platform).stream()
                        .map(question -> question.arguments().getFirst())
                        .distinct()
                        .toList());
    }

    /** iptables may keep its rules in nftables; then its own print of them is the clearer one. */
    private static List<PacketFilter> linux(
            Optional<String> nftables, Optional<String> iptables, Optional<String> ip6tables) {
        Optional<FilterTable> ipv4 = iptables.flatMap(text -> IptablesFilter.parse(text, Family.IPV4));
        Optional<FilterTable> ipv6 = ip6tables.flatMap(text -> IptablesFilter.parse(text, Family.IPV6));
        List<PacketFilter> all = new ArrayList<>();
        ipv4.ifPresent(all::add);
        ipv6.ifPresent(all::add);
        nftables.map(NftRuleset::parse).map(NftFilters::of).orElse(List.of()).stream()
                .filter(table -> !(isOfIptables(table, Family.IPV4) && ipv4.isPresent()))
                .filter(table -> !(isOfIptables(table, Family.IPV6) && ipv6.isPresent()))
                .forEach(all::add);
        return all;
    }

    private static boolean isOfIptables(FilterTable table, Family family) {
        return table.families().equals(Set.of(family))
                && !table.bases().isEmpty()
                && table.bases().stream()
                        .allMatch(base ->
                                base.chain().equals("INPUT") || base.chain().equals("OUTPUT"));
    }

    /** For each need that is built and each family, what becomes of it. */
    public List<Finding> check(List<PortRule> rules) {
        return rules.stream()
                .flatMap(rule -> Opening.of(List.of(rule), machine).stream())
                .map(opening ->
                        new Finding(opening.rule(), opening.family() == Family.IPV4 ? "IPv4" : "IPv6", judge(opening)))
                .toList();
    }

    private Verdict judge(Opening opening) {
        return Verdict.all(Probe.of(opening, machine).stream()
                .flatMap(probe -> filters.stream().map(filter -> filter.judge(probe)))
                .toList());
    }
}
