package dev.byway.core.ports;

import dev.byway.core.policy.Answer;
import java.util.List;

/**
 * A rule of a firewall.
 *
 * @param conditions all must hold
 * @param action what happens then
 * @param decider how the firewall's administrator knows it
 */
record FilterRule(List<Condition> conditions, Action action, Decider decider) {
    /** What a rule does. */
    sealed interface Action {
        record Accept() implements Action {}

        record Drop() implements Action {}

        /** Goes through another chain, and comes back. */
        record Jump(String chain) implements Action {}

        /** Goes through another chain, and does not come back. */
        record Goto(String chain) implements Action {}

        /** Back to the chain that jumped here. */
        record Return() implements Action {}

        /** Nothing that decides. */
        record Continue() implements Action {}

        /** Something that is not understood here. */
        record Unclear() implements Action {}
    }

    FilterRule {
        conditions = List.copyOf(conditions);
    }

    Answer matches(Probe probe) {
        Answer answer = Answer.YES;
        for (Condition condition : conditions) {
            switch (condition.holds(probe)) {
                case NO -> {
                    return Answer.NO;
                }
                case UNKNOWN -> answer = Answer.UNKNOWN;
                case YES -> {}
            }
        }
        return answer;
    }
}
