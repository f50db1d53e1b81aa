package dev.byway.core.ports;

import dev.byway.core.policy.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Chains of rules, as nftables and iptables have them, and what they do with a packet.
 *
 * <p>A rule that may match or not leaves two ways to go on. Where both end alike, that is the answer; else it is unknown, and
 * that rule is why. The number of ways is bounded: a ruleset comes from anybody.
 *
 * @param families whose packets it sees
 * @param chains by name
 * @param bases where packets enter
 */
record FilterTable(Set<Family> families, Map<String, List<FilterRule>> chains, List<Base> bases)
        implements PacketFilter {
    private static final int MOST_STEPS = 20_000;
    private static final int DEEPEST = 200;

    /** A chain that packets enter, and what becomes of those that no rule decided. */
    record Base(String chain, Way way, boolean drops, Decider decider) {}

    /** What becomes of these packets in all chains that they enter. */
    @Override
    public Verdict judge(Probe probe) {
        if (!families.contains(probe.family())) {
            return new Verdict.Open();
        }
        return Verdict.all(bases.stream()
                .filter(base -> base.way() == probe.way())
                .map(base -> new Walk(probe).chain(base.chain(), () -> end(base), 0))
                .toList());
    }

    private static Verdict end(Base base) {
        return base.drops() ? new Verdict.Blocked(base.decider()) : new Verdict.Open();
    }

    private final class Walk {
        private final Probe probe;
        private int steps = MOST_STEPS;

        Walk(Probe probe) {
            this.probe = probe;
        }

        Verdict chain(String name, Supplier<Verdict> after, int depth) {
            return Optional.ofNullable(chains.get(name))
                    .map(rules -> from(rules, 0, after, depth + 1))
                    .orElseGet(() -> new Verdict.Unknown("the chain " + name + " is not there"));
        }

        private Verdict from(List<FilterRule> rules, int start, Supplier<Verdict> after, int depth) {
            for (int i = start; i < rules.size(); i++) {
                if (--steps < 0 || depth > DEEPEST) {
                    return new Verdict.Unknown("more rules than are followed here");
                }
                FilterRule rule = rules.get(i);
                Answer matches = rule.matches(probe);
                if (matches == Answer.NO || rule.action() instanceof FilterRule.Action.Continue) {
                    continue;
                }
                int next = i + 1;
                Supplier<Verdict> rest = () -> from(rules, next, after, depth + 1);
                Verdict taken = take(rule, rest, after, depth);
                return matches == Answer.YES ? taken : either(taken, rest.get(), rule);
            }
            return after.get();
        }

        private Verdict take(FilterRule rule, Supplier<Verdict> rest, Supplier<Verdict> after, int depth) {
            return switch (rule.action()) {
                case FilterRule.Action.Accept() -> new Verdict.Open();
                case FilterRule.Action.Drop() -> new Verdict.Blocked(rule.decider());
                case FilterRule.Action.Jump(String chain) -> chain(chain, rest, depth);
                case FilterRule.Action.Goto(String chain) -> chain(chain, after, depth);
                case FilterRule.Action.Return() -> after.get();
                case FilterRule.Action.Continue() -> rest.get();
                case FilterRule.Action.Unclear() ->
                    new Verdict.Unknown(rule.decider().words());
            };
        }

        private static Verdict either(Verdict taken, Verdict passedOver, FilterRule rule) {
            return taken.label().equals(passedOver.label())
                    ? passedOver
                    : new Verdict.Unknown(rule.decider().words());
        }
    }
}
