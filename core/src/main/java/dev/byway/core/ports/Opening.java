package dev.byway.core.ports;

import dev.byway.core.fleet.Addresses;
import dev.byway.core.fleet.Prefix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule as firewalls see it: for one family of addresses.
 *
 * @param rule what for
 * @param family of all its addresses
 * @param far where the other end may be; never empty
 */
record Opening(PortRule rule, Family family, List<Prefix> far) {
    /** What these rules open on this machine; nothing that is not built, and nothing twice. */
    static List<Opening> of(List<PortRule> rules, Machine machine) {
        Map<Object, Opening> distinct = new LinkedHashMap<>();
        all(rules, machine).forEach(opening -> distinct.putIfAbsent(opening.effect(), opening));
        return List.copyOf(distinct.values());
    }

    private Object effect() {
        return List.of(way(), rule.transport(), rule.port(), rule.address(), family, far);
    }

    private static List<Opening> all(List<PortRule> rules, Machine machine) {
        return rules.stream()
                .filter(rule -> rule.need().built())
                .flatMap(rule -> Arrays.stream(Family.values())
                        .filter(family -> rule.address().isEmpty()
                                || Family.of(rule.address().get()) == family)
                        .map(family -> new Opening(rule, family, family.prefixes(rule, machine.subnets()))))
                .filter(opening -> machine.has(opening.family) && !opening.far.isEmpty())
                .toList();
    }

    Way way() {
        return rule.way();
    }

    /** Whether the other end may be anywhere. */
    boolean anywhere() {
        return far.stream().anyMatch(Opening::everything);
    }

    static boolean everything(Prefix prefix) {
        return prefix.length() == 0;
    }

    /** This machine's own address, where only one is used. */
    Optional<String> near() {
        return rule.address().map(Addresses::format);
    }

    /** The port; empty for any. */
    Optional<String> port() {
        return switch (rule.port()) {
            case PortNumber.One(int number) -> Optional.of(Integer.toString(number));
            case PortNumber.Any() -> Optional.empty();
        };
    }

    /** How rules are marked as Byway's, in every firewall that has comments. */
    String comment() {
        return "byway " + rule.need().label();
    }
}
