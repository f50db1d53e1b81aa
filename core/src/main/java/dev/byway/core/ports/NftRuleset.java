package dev.byway.core.ports;

import dev.byway.core.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What {@code nft -j list ruleset} prints (libnftables-json(5)), as far as it says what is filtered.
 *
 * @param chains in the order in which they were printed
 * @param rules likewise
 * @param sets that rules name
 */
record NftRuleset(List<Chain> chains, List<Rule> rules, List<NamedSet> sets) {

    /**
     * A chain by its place.
     *
     * @param family {@code inet}, {@code ip} or {@code ip6}, or one that is none of ours
     */
    record Place(String family, String table, String chain) {
        Place beside(String other) {
            return new Place(family, table, other);
        }

        /** As nft's commands name it. */
        @Override
        public String toString() {
            return family + " " + quoted(table) + " " + quoted(chain);
        }

        private static String quoted(String name) {
            return name.matches("[A-Za-z_][A-Za-z0-9_./-]*") ? name : "\"" + name + "\"";
        }
    }

    /**
     * A chain.
     *
     * @param hook where packets enter it, as {@code filter input}; empty for a chain that others jump to
     * @param drops whether its policy is to drop
     */
    record Chain(Place place, Optional<String> hook, boolean drops) {}

    /**
     * A rule.
     *
     * @param handle by which nft deletes it
     * @param comment empty for none
     * @param statements its expressions
     */
    record Rule(Place place, long handle, String comment, List<JsonNode> statements) {
        /** Whether it does no more than to match, count and accept. */
        boolean lets() {
            return statements.stream()
                    .noneMatch(one -> one.has("drop")
                            || one.has("reject")
                            || one.has("jump")
                            || one.has("goto")
                            || one.has("vmap")
                            || one.has("queue"));
        }

        Optional<String> jump() {
            return statements.stream()
                    .map(one -> one.path("jump").path("target").asString(""))
                    .filter(target -> !target.isEmpty())
                    .findFirst();
        }
    }

    /** A set by its place, whose chain is the set's name. */
    record NamedSet(Place place, List<JsonNode> elements) {}

    NftRuleset {
        chains = List.copyOf(chains);
        rules = List.copyOf(rules);
        sets = List.copyOf(sets);
    }

    /**
     * Reads it.
     *
     * @throws FirewallTextException when it is none
     */
    static NftRuleset parse(String json) {
        try {
            JsonNode items = JsonTree.read(json).path("nftables");
            if (!items.isArray()) {
                throw notUnderstood();
            }
            List<Chain> chains = new ArrayList<>();
            List<Rule> rules = new ArrayList<>();
            List<NamedSet> sets = new ArrayList<>();
            for (JsonNode item : items) {
                if (item.has("chain")) {
                    chains.add(chain(item.path("chain")));
                } else if (item.has("rule")) {
                    rules.add(rule(item.path("rule")));
                } else if (item.has("set")) {
                    sets.add(set(item.path("set")));
                }
            }
            return new NftRuleset(chains, rules, sets);
        } catch (JacksonException e) {
            throw notUnderstood();
        }
    }

    private static FirewallTextException notUnderstood() {
        return new FirewallTextException("what 'nft -j list ruleset' printed is not nftables' JSON: update nftables");
    }

    private static Chain chain(JsonNode node) {
        Place place = new Place(text(node, "family"), text(node, "table"), text(node, "name"));
        Optional<String> hook =
                node.has("hook") ? Optional.of(text(node, "type") + " " + text(node, "hook")) : Optional.empty();
        return new Chain(place, hook, text(node, "policy").equals("drop"));
    }

    private static NamedSet set(JsonNode node) {
        List<JsonNode> elements = new ArrayList<>();
        node.path("elem").forEach(elements::add);
        return new NamedSet(new Place(text(node, "family"), text(node, "table"), text(node, "name")), elements);
    }

    /** The elements of a set of the table in which {@code place} is. */
    Optional<List<JsonNode>> set(Place place, String name) {
        return sets.stream()
                .filter(set -> set.place().equals(place.beside(name)))
                .map(NamedSet::elements)
                .findFirst();
    }

    private static Rule rule(JsonNode node) {
        List<JsonNode> statements = new ArrayList<>();
        node.path("expr").forEach(statements::add);
        Place place = new Place(text(node, "family"), text(node, "table"), text(node, "chain"));
        return new Rule(place, node.path("handle").asLong(0), text(node, "comment"), statements);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /** The base chains through which a packet of IP goes that way. */
    List<Chain> hooked(Way way) {
        String hook = way == Way.IN ? "filter input" : "filter output";
        return chains.stream()
                .filter(chain -> chain.hook().equals(Optional.of(hook)))
                .filter(chain -> chain.place().family().matches("inet|ip|ip6"))
                .toList();
    }

    List<Rule> rules(Place place) {
        return rules.stream().filter(rule -> rule.place().equals(place)).toList();
    }
}
