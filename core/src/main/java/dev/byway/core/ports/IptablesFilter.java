package dev.byway.core.ports;

import dev.byway.core.fleet.Prefix;
import dev.byway.core.ports.Condition.Field;
import dev.byway.core.ports.Condition.Trait;
import dev.byway.core.ports.FilterRule.Action;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the table {@code filter} of what iptables-save and ip6tables-save print. */
final class IptablesFilter {
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Set<String> NEUTRAL = Set.of("LOG", "NFLOG", "MARK", "CONNMARK", "TRACE", "CT", "AUDIT");

    private final String program;
    private final boolean ufw;
    private final Map<String, List<FilterRule>> chains = new HashMap<>();
    private final List<FilterTable.Base> bases = new ArrayList<>();

    private IptablesFilter(Family family, boolean ufw) {
        this.program = family == Family.IPV4 ? "iptables" : "ip6tables";
        this.ufw = ufw;
    }

    /** The table; empty when the text has none. */
    static Optional<FilterTable> parse(String text, Family family) {
        IptablesFilter filter = new IptablesFilter(family, text.contains("\n:ufw-"));
        boolean within = false;
        boolean found = false;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("*")) {
                within = line.equals("*filter");
                found |= within;
            } else if (within && line.startsWith(":")) {
                filter.chain(words(line.substring(1)));
            } else if (within && line.startsWith("-A ")) {
                filter.rule(line, words(line));
            }
        }
        return found
                ? Optional.of(new FilterTable(EnumSet.of(family), Map.copyOf(filter.chains), List.copyOf(filter.bases)))
                : Optional.empty();
    }

    private static Deque<String> words(String line) {
        Deque<String> words = new ArrayDeque<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(Optional.ofNullable(matcher.group(1)).orElseGet(matcher::group));
        }
        return words;
    }

    private void chain(Deque<String> words) {
        if (words.size() < 2) {
            return;
        }
        String name = words.poll();
        chains.putIfAbsent(name, new ArrayList<>());
        boolean drops = "DROP".equals(words.poll());
        Decider policy = Decider.ofIptablesPolicy(program, name, ufw);
        switch (name) {
            case "INPUT" -> bases.add(new FilterTable.Base(name, Way.IN, drops, policy));
            case "OUTPUT" -> bases.add(new FilterTable.Base(name, Way.OUT, drops, policy));
            default -> {}
        }
    }

    private void rule(String line, Deque<String> words) {
        words.poll();
        String chain = next(words);
        List<Condition> conditions = new ArrayList<>();
        Action action = new Action.Continue();
        boolean not = false;
        while (!words.isEmpty()) {
            String option = next(words);
            switch (option) {
                case "!" -> {
                    not = true;
                    continue;
                }
                case "-j" -> action = target(next(words));
                case "-g" -> action = new Action.Goto(next(words));
                case "-m", "--comment", "--reject-with", "--log-prefix", "--log-level", "--set-xmark" -> next(words);
                default -> {
                    Condition condition = condition(option, words);
                    conditions.add(not ? new Condition.Not(condition) : condition);
                }
            }
            not = false;
        }
        chains.computeIfAbsent(chain, _ -> new ArrayList<>())
                .add(new FilterRule(conditions, action, Decider.ofIptables(program, line)));
    }

    private static Action target(String name) {
        return switch (name) {
            case "ACCEPT" -> new Action.Accept();
            case "DROP", "REJECT" -> new Action.Drop();
            case "RETURN" -> new Action.Return();
            case "QUEUE", "NFQUEUE", "SET", "TARPIT" -> new Action.Unclear();
            default -> NEUTRAL.contains(name) ? new Action.Continue() : new Action.Jump(name);
        };
    }

    private static Condition condition(String option, Deque<String> words) {
        return switch (option) {
            case "-s" -> addresses(Field.SOURCE, next(words));
            case "-d" -> addresses(Field.DESTINATION, next(words));
            case "-p" -> new Condition.Is(Trait.TRANSPORT, Set.of(next(words)));
            case "-i", "-o" -> new Condition.Is(Trait.INTERFACE, Set.of(next(words)));
            case "--dport", "--dports" -> ports(Field.DESTINATION_PORT, next(words));
            case "--sport", "--sports" -> ports(Field.SOURCE_PORT, next(words));
            case "--ctstate", "--state" -> new Condition.Is(Trait.STATE, list(next(words)));
            case "--rt-type" -> {
                next(words);
                yield new Condition.Never();
            }
            case "--ctstatus" -> new Condition.Is(Trait.STATUS, list(next(words)));
            case "--dst-type" -> new Condition.Is(Trait.DESTINATION_TYPE, list(next(words)));
            default -> new Condition.Unclear();
        };
    }

    private static Set<String> list(String words) {
        return COMMA.splitAsStream(words.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private static Condition addresses(Field field, String text) {
        try {
            return new Condition.Within(field, List.of(Span.of(Prefix.parse(text))));
        } catch (IllegalArgumentException e) {
            return new Condition.Unclear();
        }
    }

    private static Condition ports(Field field, String text) {
        try {
            return new Condition.Within(
                    field, COMMA.splitAsStream(text).map(IptablesFilter::ports).toList());
        } catch (NumberFormatException e) {
            return new Condition.Unclear();
        }
    }

    private static Span ports(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? Span.ports(Integer.parseInt(text), Integer.parseInt(text))
                : Span.ports(Integer.parseInt(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    private static String next(Deque<String> words) {
        return Optional.ofNullable(words.poll()).orElse("");
    }
}
