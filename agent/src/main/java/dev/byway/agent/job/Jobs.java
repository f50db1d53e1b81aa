package dev.byway.agent.job;

import java.util.List;
import java.util.Optional;

/** The jobs of this agent. Any thread. */
public interface Jobs {
    /** Jobs at once, at the most. */
    int MAX_JOBS = 1000;

    /**
     * Begins a job, or joins a download of the same URL that is under way. Returns at once.
     *
     * @throws JobRefusedException when the request makes no sense or the limits are reached; says what to do
     */
    Job start(JobRequest request);

    /** The job with this id, while it is open. */
    Optional<Job> find(String id);

    /** All open jobs, and the last ones that were closed, newest first: what {@code why} can tell about. */
    List<JobStatus> recent();
}
