package dev.byway.core.ports;

import dev.byway.core.fleet.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rules for nftables. A packet passes only if every base chain of its hook lets it: a table of Byway's own could not open
 * what another one drops (nft(8), "verdict statements": accept ends the current base chain alone). So the rules lie in
 * chains of Byway's own beside the base chain that drops, which jumps to them first.
 */
final class NftablesRules {
    static final String IN = "byway-in";
    static final String OUT = "byway-out";
    static final String MARK = "byway";

    private NftablesRules() {}

    /** For the table and chains that Debian's and most other configurations have. */
    static String script(List<Opening> openings) {
        return """
                # Byway's ports, for nftables: load once with nft -f FILE, after the rules of table inet filter.
                # With other tables or chains: byway ports --apply finds those that drop.
                table inet filter {
                    chain input { type filter hook input priority filter; }
                    chain output { type filter hook output priority filter; }
                    chain byway-in {
                %s    }
                    chain byway-out {
                %s    }
                }
                insert rule inet filter input jump byway-in comment "byway"
                insert rule inet filter output jump byway-out comment "byway"
                """.formatted(indented(openings, Way.IN), indented(openings, Way.OUT));
    }

    private static String indented(List<Opening> openings, Way way) {
        return openings.stream()
                .filter(opening -> opening.way() == way)
                .map(opening -> "        " + line(opening) + "\n")
                .collect(Collectors.joining());
    }

    /** One rule, for a chain of family inet. */
    static String line(Opening opening) {
        String ip = opening.family() == Family.IPV4 ? "ip" : "ip6";
        String transport = opening.rule().transport().label();
        StringBuilder line = new StringBuilder();
        String far = opening.way() == Way.IN ? "saddr" : "daddr";
        if (opening.anywhere()) {
            line.append("meta nfproto ").append(ip.equals("ip") ? "ipv4" : "ipv6");
        } else {
            line.append(ip)
                    .append(' ')
                    .append(far)
                    .append(" { ")
                    .append(addresses(opening))
                    .append(" }");
        }
        Optional<String> near = opening.near();
        near.ifPresent(address -> line.append(' ')
                .append(ip)
                .append(opening.way() == Way.IN ? " daddr " : " saddr ")
                .append(address));
        line.append(
                opening.port().map(port -> " " + transport + " dport " + port).orElse(" meta l4proto " + transport));
        return line.append(" accept comment \"")
                .append(opening.comment())
                .append('"')
                .toString();
    }

    private static String addresses(Opening opening) {
        return opening.far().stream().map(Prefix::toString).collect(Collectors.joining(", "));
    }
}
