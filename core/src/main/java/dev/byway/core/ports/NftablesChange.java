package dev.byway.core.ports;

import dev.byway.core.ports.NftRuleset.Chain;
import dev.byway.core.ports.NftRuleset.Place;
import dev.byway.core.ports.NftRuleset.Rule;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Scripts for {@code nft -f} that put the rules into a ruleset, or take them out. Each is one transaction. */
final class NftablesChange {
    private NftablesChange() {}

    /** Takes out what is there of Byway's, and puts the rules before every base chain that may drop. */
    static String apply(NftRuleset now, List<Opening> openings) {
        return removal(now)
                + Stream.of(Way.values())
                        .flatMap(way -> now.hooked(way).stream()
                                .filter(chain -> mayDrop(now, chain))
                                .map(chain -> insertion(chain.place(), way, openings)))
                        .collect(Collectors.joining());
    }

    private static boolean mayDrop(NftRuleset now, Chain chain) {
        return chain.drops()
                || now.rules(chain.place()).stream()
                        .filter(rule -> !isOurs(rule))
                        .anyMatch(rule -> !rule.lets());
    }

    private static boolean isOurs(Rule rule) {
        return rule.comment().equals(NftablesRules.MARK)
                && rule.jump().filter(NftablesChange::isOurs).isPresent();
    }

    private static boolean isOurs(String chain) {
        return chain.equals(NftablesRules.IN) || chain.equals(NftablesRules.OUT);
    }

    private static String insertion(Place base, Way way, List<Opening> openings) {
        mustBeNative(base);
        Place ours = base.beside(way == Way.IN ? NftablesRules.IN : NftablesRules.OUT);
        String rules = openings.stream()
                .filter(opening -> opening.way() == way)
                .filter(seenBy(base.family()))
                .map(opening -> "add rule " + ours + " " + NftablesRules.line(opening) + "\n")
                .collect(Collectors.joining());
        return "add chain " + ours + "\n" + rules + "insert rule " + base + " jump " + ours.chain() + " comment \""
                + NftablesRules.MARK + "\"\n";
    }

    private static Predicate<Opening> seenBy(String family) {
        return switch (family) {
            case "ip" -> opening -> opening.family() == Family.IPV4;
            case "ip6" -> opening -> opening.family() == Family.IPV6;
            default -> _ -> true;
        };
    }

    /** Tables that another tool writes anew as it likes are that tool's alone. */
    private static void mustBeNative(Place base) {
        if (base.table().equals("firewalld")) {
            throw new FirewallTextException(
                    "the nftables rules of this machine are firewalld's: use byway ports --apply --format firewalld");
        }
        if (base.chain().equals("INPUT") || base.chain().equals("OUTPUT")) {
            throw new FirewallTextException("the nftables rules of this machine are those of iptables or ufw (table "
                    + base.family() + " " + base.table()
                    + "): use byway ports --apply --format ufw, or load what byway ports --format iptables prints");
        }
    }

    /** Takes out all that is Byway's; empty when nothing is. */
    static String removal(NftRuleset now) {
        Stream<String> jumps = now.rules().stream()
                .filter(NftablesChange::isOurs)
                .map(rule -> "delete rule " + rule.place() + " handle " + rule.handle());
        List<Place> chains = now.chains().stream()
                .map(Chain::place)
                .filter(place -> isOurs(place.chain()))
                .toList();
        return Stream.of(
                        jumps,
                        chains.stream().map(place -> "flush chain " + place),
                        chains.stream().map(place -> "delete chain " + place))
                .flatMap(lines -> lines)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
