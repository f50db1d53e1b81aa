package dev.byway.agent.api;

/** What {@link DoorRules} say to a request. */
sealed interface Decision {
    /** It may come in, for this route. */
    record Allow(Route route) implements Decision {}

    /**
     * It may not.
     *
     * @param status HTTP status
     * @param error the answer's body
     */
    record Deny(int status, ApiError error) implements Decision {}
}
