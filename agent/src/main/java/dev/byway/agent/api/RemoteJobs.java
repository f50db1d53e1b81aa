package dev.byway.agent.api;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRefusedException;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.Jobs;
import java.util.List;
import java.util.Optional;

/** The jobs of an agent in another process. Any thread. */
record RemoteJobs(ApiCalls calls) implements Jobs {
    private static final int MAX_ANSWER = 4096;
    private static final int UNPROCESSABLE = 422;

    @Override
    public Job start(JobRequest request) {
        try {
            byte[] answer = calls.post(Route.START_JOB.path(), JobRequestJson.write(request), ApiCalls.SHORT);
            String id = ApiCalls.understood(() -> JsonInput.read(answer, MAX_ANSWER, json -> json.text("id")));
            return new RemoteJob(id, calls);
        } catch (ApiException e) {
            if (e.status() == UNPROCESSABLE) {
                throw new JobRefusedException(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    @Override
    public Optional<Job> find(String id) {
        if (!id.matches("[A-Za-z0-9._~:-]{1,256}")) {
            return Optional.empty();
        }
        RemoteJob job = new RemoteJob(id, calls);
        try {
            job.status();
            return Optional.of(job);
        } catch (ApiException e) {
            if (e.kind() == ApiException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<JobStatus> recent() {
        byte[] answer = calls.get(Route.LIST_JOBS.path(), JobStatusJson.MAX_BYTES, ApiCalls.SHORT);
        return ApiCalls.understood(() -> JobStatusJson.readAll(answer));
    }
}
