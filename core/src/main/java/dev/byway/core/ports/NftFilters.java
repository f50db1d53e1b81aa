package dev.byway.core.ports;

import dev.byway.core.fleet.Addresses;
import dev.byway.core.ports.Condition.Field;
import dev.byway.core.ports.Condition.Trait;
import dev.byway.core.ports.FilterRule.Action;
import dev.byway.core.ports.NftRuleset.Place;
import dev.byway.core.ports.NftRuleset.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the rules of an nftables ruleset (libnftables-json(5)). What it does not know it says so, and guesses nothing. */
final class NftFilters {
    private static final Set<String> NEUTRAL = Set.of("counter", "log", "notrack");
    private static final Set<String> UNDECIDED = Set.of("limit", "quota", "xt", "meter", "ct count", "flow", "dup");

    private final NftRuleset ruleset;

    private NftFilters(NftRuleset ruleset) {
        this.ruleset = ruleset;
    }

    /** The tables that filter IP packets. */
    static List<FilterTable> of(NftRuleset ruleset) {
        return ruleset.chains().stream()
                .map(chain -> chain.place().beside(""))
                .distinct()
                .filter(table -> table.family().matches("inet|ip|ip6"))
                .map(new NftFilters(ruleset)::table)
                .toList();
    }

    private FilterTable table(Place table) {
        Map<String, List<FilterRule>> chains = new HashMap<>();
        ruleset.chains().stream()
                .map(NftRuleset.Chain::place)
                .filter(place -> place.beside("").equals(table))
                .forEach(place -> chains.put(
                        place.chain(),
                        ruleset.rules(place).stream()
                                .flatMap(rule -> rules(rule).stream())
                                .toList()));
        List<FilterTable.Base> bases = new ArrayList<>();
        for (Way way : Way.values()) {
            ruleset.hooked(way).stream()
                    .filter(chain -> chain.place().beside("").equals(table))
                    .map(chain -> new FilterTable.Base(
                            chain.place().chain(), way, chain.drops(), Decider.ofNftablesPolicy(chain.place())))
                    .forEach(bases::add);
        }
        return new FilterTable(families(table.family()), chains, bases);
    }

    private static Set<Family> families(String family) {
        return switch (family) {
            case "ip" -> EnumSet.of(Family.IPV4);
            case "ip6" -> EnumSet.of(Family.IPV6);
            default -> EnumSet.allOf(Family.class);
        };
    }

    /** One rule, or one for each entry of its verdict map. */
    private List<FilterRule> rules(Rule rule) {
        Decider decider = Decider.ofNftables(rule.place(), rule.handle());
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode statement : rule.statements()) {
            String name = statement.propertyNames().stream().findFirst().orElse("");
            if (name.equals("match")) {
                conditions.addAll(match(statement.path(name), rule.place()));
            } else if (name.equals("vmap")) {
                return map(statement.path(name), conditions, rule.place(), decider);
            } else if (UNDECIDED.contains(name)) {
                conditions.add(new Condition.Unclear());
            } else if (!NEUTRAL.contains(name)) {
                boolean target = statement.path(name).path("type").asString("").equals("target");
                return List.of(new FilterRule(conditions, target ? new Action.Unclear() : action(statement), decider));
            }
        }
        boolean target = rule.statements().stream()
                .anyMatch(one -> one.path("xt").path("type").asString("").equals("target"));
        return List.of(new FilterRule(conditions, target ? new Action.Unclear() : new Action.Continue(), decider));
    }

    private static Action action(JsonNode statement) {
        String name = statement.propertyNames().stream().findFirst().orElse("");
        String target = statement.path(name).path("target").asString("");
        return switch (name) {
            case "accept" -> new Action.Accept();
            case "drop", "reject" -> new Action.Drop();
            case "jump" -> new Action.Jump(target);
            case "goto" -> new Action.Goto(target);
            case "return" -> new Action.Return();
            case "continue" -> new Action.Continue();
            default -> new Action.Unclear();
        };
    }

    private List<FilterRule> map(JsonNode map, List<Condition> before, Place place, Decider decider) {
        JsonNode entries = map.path("data").path("set");
        if (!entries.isArray()) {
            return List.of(new FilterRule(before, new Action.Unclear(), decider));
        }
        List<FilterRule> all = new ArrayList<>();
        for (JsonNode entry : entries) {
            List<Condition> conditions = new ArrayList<>(before);
            conditions.addAll(equal(map.path("key"), entry.path(0), place));
            all.add(new FilterRule(conditions, action(entry.path(1)), decider));
        }
        return all;
    }

    private List<Condition> match(JsonNode match, Place place) {
        String op = match.path("op").asString("");
        return switch (op) {
            case "==", "in" -> equal(match.path("left"), match.path("right"), place);
            case "!=" -> {
                List<Condition> all = new ArrayList<>(equal(match.path("left"), match.path("right"), place));
                if (!all.isEmpty()) {
                    all.add(new Condition.Not(all.removeLast()));
                }
                yield all;
            }
            default -> List.of(new Condition.Unclear());
        };
    }

    /** What the left side presupposes, and last that it is one of the right side. */
    private List<Condition> equal(JsonNode left, JsonNode right, Place place) {
        Optional<List<JsonNode>> values = values(right, place);
        if (values.isEmpty()) {
            return List.of(new Condition.Unclear());
        }
        if (left.has("payload")) {
            return payload(left.path("payload"), values.get());
        }
        String key = left.path("meta").path("key").asString("");
        Optional<Trait> trait = switch (key) {
            case "nfproto" -> Optional.of(Trait.FAMILY);
            case "l4proto" -> Optional.of(Trait.TRANSPORT);
            case "iif", "iifname", "oif", "oifname" -> Optional.of(Trait.INTERFACE);
            default -> Optional.empty();
        };
        return List.of(trait.or(() -> elsewhere(left))
                .<Condition>map(one -> new Condition.Is(one, words(values.get())))
                .orElseGet(Condition.Unclear::new));
    }

    private static Optional<Trait> elsewhere(JsonNode left) {
        switch (left.path("ct").path("key").asString("")) {
            case "state" -> {
                return Optional.of(Trait.STATE);
            }
            case "status" -> {
                return Optional.of(Trait.STATUS);
            }
            default -> {}
        }
        JsonNode fib = left.path("fib");
        boolean type = fib.path("result").asString("").equals("type")
                && fib.path("flags").toString().contains("daddr");
        return type ? Optional.of(Trait.DESTINATION_TYPE) : Optional.empty();
    }

    private static List<Condition> payload(JsonNode payload, List<JsonNode> values) {
        String protocol = payload.path("protocol").asString("");
        String field = payload.path("field").asString("");
        Condition presupposed = switch (protocol) {
            case "ip" -> new Condition.Is(Trait.FAMILY, Set.of("ipv4"));
            case "ip6" -> new Condition.Is(Trait.FAMILY, Set.of("ipv6"));
            case "th" -> new Condition.Is(Trait.TRANSPORT, Set.of("tcp", "udp"));
            default -> new Condition.Is(Trait.TRANSPORT, Set.of(protocol));
        };
        Condition itself = switch (field) {
            case "saddr" -> within(Field.SOURCE, values);
            case "daddr" -> within(Field.DESTINATION, values);
            case "sport" -> within(Field.SOURCE_PORT, values);
            case "dport" -> within(Field.DESTINATION_PORT, values);
            case "protocol", "nexthdr" -> new Condition.Is(Trait.TRANSPORT, words(values));
            default -> new Condition.Unclear();
        };
        return List.of(presupposed, itself);
    }

    private static Condition within(Field field, List<JsonNode> values) {
        List<Span> spans = new ArrayList<>();
        for (JsonNode value : values) {
            Optional<Span> span = span(value);
            if (span.isEmpty()) {
                return new Condition.Unclear();
            }
            spans.add(span.get());
        }
        return new Condition.Within(field, spans);
    }

    private static Optional<Span> span(JsonNode value) {
        try {
            if (value.has("prefix")) {
                JsonNode prefix = value.path("prefix");
                return Optional.of(Span.prefix(
                        prefix.path("addr").asString(""), prefix.path("len").asInt(-1)));
            }
            JsonNode first = value.has("range") ? value.path("range").path(0) : value;
            JsonNode last = value.has("range") ? value.path("range").path(1) : value;
            return first.isInt() && last.isInt()
                    ? Optional.of(Span.ports(first.asInt(), last.asInt()))
                    : Optional.of(Span.of(Addresses.parse(first.asString("")), Addresses.parse(last.asString(""))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<List<JsonNode>> values(JsonNode right, Place place) {
        if (right.isString() && right.asString().startsWith("@")) {
            return ruleset.set(place, right.asString().substring(1));
        }
        JsonNode many = right.has("set") ? right.path("set") : right;
        List<JsonNode> values = new ArrayList<>();
        if (many.isArray()) {
            many.forEach(values::add);
        } else {
            values.add(many);
        }
        return Optional.of(values);
    }

    private static Set<String> words(List<JsonNode> values) {
        Set<String> words = new LinkedHashSet<>();
        values.forEach(value -> words.add(value.asString("?").toLowerCase(Locale.ROOT)));
        return words;
    }
}
