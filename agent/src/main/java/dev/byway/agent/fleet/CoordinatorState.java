package dev.byway.agent.fleet;

import java.time.Instant;

/** What is known of the coordinator, by the last call. */
public sealed interface CoordinatorState {
    /** Not called yet. */
    record NotTried() implements CoordinatorState {}

    /** It answers, be it with a refusal. */
    record Reachable(Instant since) implements CoordinatorState {}

    /**
     * It does not answer.
     *
     * @param since the first of the calls that failed in a row
     * @param why of the last one, for people
     */
    record Unreachable(Instant since, String why) implements CoordinatorState {}
}
