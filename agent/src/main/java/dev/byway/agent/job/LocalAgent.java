package dev.byway.agent.job;

/** All that a running agent offers to the users of its machine. Any thread. */
public interface LocalAgent {
    Jobs jobs();

    CacheControl cache();

    AgentStatus status();

    /** Asks the agent to stop, as SIGTERM does. */
    void stop();
}
