package dev.byway.cli.get;

import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.job.CacheControl;
import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.Jobs;
import dev.byway.agent.job.LocalAgent;
import dev.byway.core.content.ContentId;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Question;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An agent that starts jobs as a test says, and does nothing else. */
record ScriptedAgent(Supplier<Job> job) implements LocalAgent, Jobs, CacheControl {
    @Override
    public Jobs jobs() {
        return this;
    }

    @Override
    public CacheControl cache() {
        return this;
    }

    @Override
    public Outcome pin(ContentId id, boolean pinned) {
        return Outcome.NOT_HELD;
    }

    @Override
    public Outcome remove(ContentId id) {
        return Outcome.NOT_HELD;
    }

    @Override
    public int verify(ContentId id) {
        return -1;
    }

    @Override
    public AgentStatus status() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Examination examine(Question question) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stop() {}

    @Override
    public Job start(JobRequest request) {
        return job.get();
    }

    @Override
    public Optional<Job> find(String id) {
        return Optional.empty();
    }

    @Override
    public List<JobStatus> recent() {
        return List.of();
    }
}
