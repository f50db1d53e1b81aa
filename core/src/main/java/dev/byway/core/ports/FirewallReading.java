package dev.byway.core.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the firewall of a Linux machine does with what Byway needs, read from what its tools print. ufw and firewalld are read
 * through the rules of iptables or nftables that they make.
 */
public final class FirewallReading {
    private final List<FilterTable> tables;

    private FirewallReading(List<FilterTable> tables) {
        this.tables = tables;
    }

    /**
     * What was found for one rule.
     *
     * @param rule the need
     * @param family {@code IPv4} or {@code IPv6}
     */
    public record Finding(PortRule rule, String family, Verdict verdict) {}

    /**
     * Reads what the tools print. iptables may keep its rules in nftables; then its own print of them is the clearer one.
     *
     * @param nftables {@code nft -j list ruleset}
     * @param iptables {@code iptables-save}
     * @param ip6tables {@code ip6tables-save}
     * @throws FirewallTextException when it cannot be read
     */
    public static FirewallReading of(Optional<String> nftables, Optional<String> iptables, Optional<String> ip6tables) {
        List<FilterTable> tables = new ArrayList<>();
        Optional<FilterTable> ipv4 = iptables.flatMap(text -> IptablesFilter.parse(text, Family.IPV4));
        Optional<FilterTable> ipv6 = ip6tables.flatMap(text -> IptablesFilter.parse(text, Family.IPV6));
        ipv4.ifPresent(tables::add);
        ipv6.ifPresent(tables::add);
        nftables.map(NftRuleset::parse).map(NftFilters::of).orElse(List.of()).stream()
                .filter(table -> !(isOfIptables(table, Family.IPV4) && ipv4.isPresent()))
                .filter(table -> !(isOfIptables(table, Family.IPV6) && ipv6.isPresent()))
                .forEach(tables::add);
        return new FirewallReading(tables);
    }

    private static boolean isOfIptables(FilterTable table, Family family) {
        return table.families().equals(Set.of(family))
                && !table.bases().isEmpty()
                && table.bases().stream()
                        .allMatch(base ->
                                base.chain().equals("INPUT") || base.chain().equals("OUTPUT"));
    }

    /** For each need that is built and each family, what becomes of it. */
    public List<Finding> check(List<PortRule> rules, Machine machine) {
        return rules.stream()
                .flatMap(rule -> Opening.of(List.of(rule), machine).stream())
                .map(opening ->
                        new Finding(opening.rule(), opening.family() == Family.IPV4 ? "IPv4" : "IPv6", judge(opening)))
                .toList();
    }

    private Verdict judge(Opening opening) {
        return Verdict.all(Probe.of(opening).stream()
                .flatMap(probe -> tables.stream().map(table -> table.judge(probe)))
                .toList());
    }
}
