package dev.byway.agent.job;

import dev.byway.core.content.ContentId;
import dev.byway.core.doctor.Examination;
import java.util.Optional;

/** All that a running agent offers to the users of its machine. Any thread. */
public interface LocalAgent {
    /** Longest examination. */
    int EXAMINATION_SECONDS = 15;

    Jobs jobs();

    CacheControl cache();

    AgentStatus status();

    /**
     * Tries its surroundings, for the doctor. Blocks for {@link #EXAMINATION_SECONDS} at the most.
     *
     * @param content one that is in question: who holds it is asked, too
     */
    Examination examine(Optional<ContentId> content);

    /** Asks the agent to stop, as SIGTERM does. */
    void stop();
}
