package dev.byway.agent.api;

/** Who may call a route. */
enum Access {
    /** Whoever shows the bearer token of {@code api.json}. */
    TOKEN,
    /** A browser with the cookie of a dashboard session. */
    SESSION,
    /** A browser with that cookie, or with a one-time link in {@code once}, which the route itself redeems. */
    LINK
}
