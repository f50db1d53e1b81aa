package dev.byway.agent.api;

/** What a state folder says about a running agent. */
public sealed interface FoundAgent {
    /** There is one; {@code client} speaks to it. */
    record Running(ApiClient client) implements FoundAgent {}

    /** The folder names none. */
    record NoAgent() implements FoundAgent {}

    /**
     * The folder names an agent whose process is gone: it was killed. A new agent simply starts.
     *
     * @param pid of the process that is gone
     */
    record Stale(long pid) implements FoundAgent {}

    /**
     * The agent's file cannot be used.
     *
     * @param owner user to whom the file (or else the folder) belongs, or empty text
     * @param message what is wrong and what to do
     */
    record NotReadable(String owner, String message) implements FoundAgent {}
}
