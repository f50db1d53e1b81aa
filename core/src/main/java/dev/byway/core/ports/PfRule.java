package dev.byway.core.ports;

import dev.byway.core.ports.Condition.Field;
import dev.byway.core.ports.Condition.Trait;
import dev.byway.core.ports.FilterRule.Action;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One rule as pfctl prints it (pf.conf(5), section GRAMMAR).
 *
 * @param quick whether it ends the search; an anchor may hold rules that do
 * @param ways which packets it sees
 */
record PfRule(boolean quick, Set<Way> ways, FilterRule rule) {
    private static final Map<String, Integer> NAMED_PORTS = Map.ofEntries(
            Map.entry("ssh", 22),
            Map.entry("domain", 53),
            Map.entry("bootps", 67),
            Map.entry("bootpc", 68),
            Map.entry("http", 80),
            Map.entry("ntp", 123),
            Map.entry("https", 443),
            Map.entry("teredo", 3544),
            Map.entry("mdns", 5353),
            Map.entry("pando-pub", 7680));

    private static final String UNDO = "take it out of /etc/pf.conf, then: pfctl -f /etc/pf.conf";

    static PfRule parse(String line) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(line.strip().split("\\s+")));
        String first = next(words);
        Action action = action(first);
        if (first.equals("anchor")) {
            skipQuoted(words);
        }
        boolean quick = action instanceof Action.Unclear;
        Set<Way> ways = EnumSet.allOf(Way.class);
        List<Condition> conditions = new ArrayList<>();
        while (!words.isEmpty()) {
            String word = next(words);
            switch (word) {
                case "in" -> ways = EnumSet.of(Way.IN);
                case "out" -> ways = EnumSet.of(Way.OUT);
                case "quick" -> quick = true;
                case "drop", "return", "return-rst", "return-icmp", "return-icmp6" -> skipParenthesis(words);
                case "log", "keep", "modulate", "synproxy", "no", "state" -> skipParenthesis(words);
                case "all", "allow-opts" -> {}
                case "label", "tag", "queue" -> {
                    skipParenthesis(words);
                    skipQuoted(words);
                }
                case "flags" -> {
                    if (!next(words).matches("S/.*|any")) {
                        conditions.add(new Condition.Unclear());
                    }
                }
                case "inet", "inet6" ->
                    conditions.add(new Condition.Is(Trait.FAMILY, Set.of(word.equals("inet") ? "ipv4" : "ipv6")));
                case "proto" -> conditions.add(new Condition.Is(Trait.TRANSPORT, Set.of(next(words))));
                case "on" -> conditions.add(link(words));
                case "from" -> end(words, Field.SOURCE, Field.SOURCE_PORT, conditions);
                case "to" -> end(words, Field.DESTINATION, Field.DESTINATION_PORT, conditions);
                default -> conditions.add(new Condition.Unclear());
            }
        }
        return new PfRule(quick, ways, new FilterRule(conditions, action, new Decider("pf: " + line.strip(), UNDO)));
    }

    /** The same, inside anchors: what they ask of a packet must hold too. */
    PfRule within(Collection<PfRule> anchors) {
        List<Condition> all = Stream.concat(anchors.stream().limit(1), Stream.of(this))
                .flatMap(one -> one.rule.conditions().stream())
                .toList();
        Set<Way> both = EnumSet.copyOf(ways);
        anchors.stream().limit(1).forEach(anchor -> both.retainAll(anchor.ways));
        return new PfRule(quick, both, new FilterRule(all, rule.action(), rule.decider()));
    }

    private static Action action(String word) {
        return switch (word) {
            case "pass" -> new Action.Accept();
            case "block" -> new Action.Drop();
            default -> new Action.Unclear();
        };
    }

    private static Condition link(Deque<String> words) {
        boolean not = skip(words, "!");
        String name = next(words);
        boolean group = !name.matches(".*[0-9]");
        Condition condition = group ? new Condition.Unclear() : new Condition.Is(Trait.INTERFACE, Set.of(name));
        return not ? new Condition.Not(condition) : condition;
    }

    private static void end(Deque<String> words, Field addresses, Field ports, List<Condition> conditions) {
        boolean not = skip(words, "!");
        String address = next(words);
        if (skip(words, "-")) {
            address = address + "-" + next(words);
        }
        if (!address.equals("any") || not) {
            Condition condition = Span.parse(address)
                    .<Condition>map(span -> new Condition.Within(addresses, List.of(span)))
                    .orElseGet(Condition.Unclear::new);
            conditions.add(not ? new Condition.Not(condition) : condition);
        }
        if (skip(words, "port")) {
            conditions.add(port(words, ports));
        }
    }

    private static Condition port(Deque<String> words, Field field) {
        String first = next(words);
        if (first.matches("[0-9].*") && (skip(words, "><") || skip(words, "<>"))) {
            next(words);
            return new Condition.Unclear();
        }
        if (first.contains(":")) {
            String[] ends = first.split(":", 2);
            return within(field, number(ends[0]), number(ends[1]));
        }
        Optional<Integer> number = number(next(words));
        return switch (first) {
            case "=" -> within(field, number, number);
            case "!=" -> new Condition.Not(within(field, number, number));
            case "<=" -> within(field, Optional.of(0), number);
            case ">=" -> within(field, number, Optional.of(65_535));
            case "<" -> within(field, Optional.of(0), number.map(one -> one - 1));
            case ">" -> within(field, number.map(one -> one + 1), Optional.of(65_535));
            default -> new Condition.Unclear();
        };
    }

    private static Condition within(Field field, Optional<Integer> first, Optional<Integer> last) {
        return first.isPresent() && last.isPresent()
                ? new Condition.Within(field, List.of(Span.ports(first.get(), last.get())))
                : new Condition.Unclear();
    }

    private static Optional<Integer> number(String port) {
        return port.matches("[0-9]{1,5}")
                ? Optional.of(Integer.parseInt(port))
                : Optional.ofNullable(NAMED_PORTS.get(port));
    }

    private static void skipParenthesis(Deque<String> words) {
        if (words.stream().findFirst().filter(word -> word.startsWith("(")).isPresent()) {
            while (!words.isEmpty() && !next(words).endsWith(")")) {}
        }
    }

    /** A word, or several in quotes. */
    private static void skipQuoted(Deque<String> words) {
        boolean quoted =
                words.stream().findFirst().filter(word -> word.startsWith("\"")).isPresent();
        String word = quoted ? next(words).substring(1) : "";
        while (quoted && !words.isEmpty() && !word.endsWith("\"")) {
            word = next(words);
        }
    }

    private static boolean skip(Deque<String> words, String word) {
        boolean there = words.stream().findFirst().filter(word::equals).isPresent();
        if (there) {
            words.poll();
        }
        return there;
    }

    private static String next(Deque<String> words) {
        return Optional.ofNullable(words.poll()).orElse("");
    }
}
