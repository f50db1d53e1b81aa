package dev.byway.agent.job;

import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Question;

/** All that a running agent offers to the users of its machine. Any thread. */
public interface LocalAgent {
    /** Longest examination. */
    int EXAMINATION_SECONDS = 15;

    Jobs jobs();

    CacheControl cache();

    AgentStatus status();

    /**
     * Tries its surroundings, for the doctor. Blocks for {@link #EXAMINATION_SECONDS} at the most.
     */
    Examination examine(Question question);

    /** Asks the agent to stop, as SIGTERM does. */
    void stop();
}
