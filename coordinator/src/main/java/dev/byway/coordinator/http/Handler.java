package dev.byway.coordinator.http;

/** What a route does. */
@FunctionalInterface
interface Handler {
    /**
     * Answers, or throws {@link dev.byway.coordinator.failure.RefusedException} or {@link
     * dev.byway.core.fleet.MalformedMessageException}.
     */
    Answer handle(Request request);
}
