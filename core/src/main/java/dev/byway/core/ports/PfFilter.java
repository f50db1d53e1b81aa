package dev.byway.core.ports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads what {@code pfctl -sr} prints (pf.conf(5)). Of the rules that match the last one decides, but the first one that is
 * {@code quick} ends it. So the quick ones in their order, then the others from the last to the first, are the same rules in
 * the order of nftables and iptables, where the first that matches decides.
 */
final class PfFilter {
    private static final int MOST_LINES = 20_000;
    private static final int DEEPEST = 100;
    private static final String IN = "in";
    private static final String OUT = "out";

    /** Of other things than filtering, and what pfctl says of itself on every macOS. */
    private static final Predicate<String> PASSED_OVER = line -> line.isEmpty()
            || line.startsWith("scrub")
            || line.startsWith("No ALTQ ")
            || line.startsWith("ALTQ ")
            || line.matches("(nat|rdr|binat|no|dummynet)\\b.*");

    private final Deque<PfRule> anchors = new ArrayDeque<>();
    private final List<PfRule> rules = new ArrayList<>();

    private PfFilter() {}

    static FilterTable parse(String text) {
        PfFilter filter = new PfFilter();
        List<String> lines = text.lines().map(String::strip).toList();
        if (lines.size() > MOST_LINES) {
            throw new FirewallTextException("pf has more than " + MOST_LINES + " rules");
        }
        lines.stream().filter(PASSED_OVER.negate()).forEach(filter::line);
        return filter.table();
    }

    private void line(String line) {
        if (line.equals("}")) {
            anchors.poll();
        } else if (line.endsWith("{")) {
            if (anchors.size() == DEEPEST) {
                throw new FirewallTextException("pf has anchors within more than " + DEEPEST + " others");
            }
            anchors.push(PfRule.parse(line.substring(0, line.length() - 1)).within(anchors));
        } else {
            rules.add(PfRule.parse(line).within(anchors));
        }
    }

    private FilterTable table() {
        return new FilterTable(
                EnumSet.allOf(Family.class),
                Map.of(IN, chain(Way.IN), OUT, chain(Way.OUT)),
                Stream.of(Way.values())
                        .map(way -> new FilterTable.Base(
                                way == Way.IN ? IN : OUT, way, false, new Decider("pf: no rule", "")))
                        .toList());
    }

    private List<FilterRule> chain(Way way) {
        List<PfRule> all =
                rules.stream().filter(rule -> rule.ways().contains(way)).toList();
        return Stream.concat(
                        all.stream().filter(PfRule::quick),
                        all.reversed().stream().filter(rule -> !rule.quick()))
                .map(PfRule::rule)
                .toList();
    }
}
