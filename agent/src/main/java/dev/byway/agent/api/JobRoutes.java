package dev.byway.agent.api;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRefusedException;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.Jobs;
import dev.byway.core.unit.ByteRange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/** The routes about jobs. Any thread; each call runs on its own and blocks there. */
final class JobRoutes {
    private final Jobs jobs;
    private final Attendance attendance;
    private final DoorLimits limits;
    private final Semaphore eventStreams;

    JobRoutes(Jobs jobs, Attendance attendance, DoorLimits limits) {
        this.jobs = jobs;
        this.attendance = attendance;
        this.limits = limits;
        this.eventStreams = new Semaphore(limits.eventStreams());
    }

    Answer start(ApiCall call) {
        Job job = begin(JobRequestJson.read(call.body().toArray()));
        return Answer.json(201, JsonOutput.bytes(json -> json.text("id", job.id())));
    }

    private Job begin(JobRequest request) {
        try {
            Job job = jobs.start(request);
            attendance.started(job, System.nanoTime());
            return job;
        } catch (JobRefusedException e) {
            throw new RequestRefusedException(422, "job-refused", String.valueOf(e.getMessage()), "");
        }
    }

    Answer list() {
        return Answer.json(200, JobStatusJson.writeAll(jobs.recent()));
    }

    /** The status, at once or when it is newer than {@code after}. */
    Answer show(ApiCall call) throws InterruptedException {
        Job job = job(call);
        OptionalLong after = call.query().count("after");
        JobStatus status = after.isEmpty() ? job.status() : waited(job, after.getAsLong(), call);
        return Answer.json(200, JobStatusJson.write(status));
    }

    private JobStatus waited(Job job, long after, ApiCall call) throws InterruptedException {
        long longest = limits.longestWait().toMillis();
        long millis = Math.min(call.query().count("wait-ms").orElse(longest), longest);
        return attended(job, () -> job.await(after, Duration.ofMillis(millis)));
    }

    Answer watch(ApiCall call) {
        Job job = job(call);
        if (!eventStreams.tryAcquire()) {
            throw new RequestRefusedException(
                    503,
                    "too-many-streams",
                    "there are " + limits.eventStreams() + " event streams open, the most there may be",
                    "close some, or ask for /v1/jobs/ID?after=VERSION instead");
        }
        attendance.enter(job.id(), System.nanoTime());
        return streamed(Map.of("Content-Type", Answer.LINES), OptionalLong.empty(), out -> {
            try {
                new EventStream(job, limits).writeTo(out);
            } finally {
                eventStreams.release();
                attendance.leave(job.id(), System.nanoTime());
            }
        });
    }

    private static Answer streamed(Map<String, String> headers, OptionalLong length, Answer.Body body) {
        return new Answer.Streamed(200, headers, length, body);
    }

    Answer read(ApiCall call) throws InterruptedException {
        Job job = job(call);
        Optional<ByteRange> range = RangeHeader.of(call.request().values("range"));
        if (range.isPresent()) {
            return readRange(job, range.get());
        }
        return attended(job, () -> attendedBody(job, new FileStream(job).answer()));
    }

    private Answer readRange(Job job, ByteRange range) {
        JobStatus status = job.status();
        if (status.length().isPresent() && range.end() > status.length().getAsLong()) {
            throw new RequestRefusedException(
                    416, "beyond-end", "the file has only " + status.length().getAsLong() + " bytes", "");
        }
        if (!new ReadyRanges(status).covers(range)) {
            throw new RequestRefusedException(
                    409,
                    "not-ready",
                    "bytes " + range.offset() + " to " + (range.end() - 1) + " are not all there yet",
                    "wait until 'ready' of the job covers them, or leave out Range to get each byte as it comes");
        }
        String whole =
                status.length().isPresent() ? Long.toString(status.length().getAsLong()) : "*";
        Map<String, String> headers = Map.of(
                "Content-Type",
                Answer.FILE,
                "Content-Range",
                "bytes " + range.offset() + "-" + (range.end() - 1) + "/" + whole);
        OptionalLong length = OptionalLong.of(range.length());
        return attendedBody(job, new Answer.Streamed(206, headers, length, out -> copy(job, range, out)));
    }

    private static void copy(Job job, ByteRange range, OutputStream out) throws IOException {
        job.read(range, new StreamChannel(out));
        out.flush();
    }

    /** The job lives exactly as long as this one answer. */
    Answer get(ApiCall call) throws InterruptedException {
        String url = call.query()
                .text("url")
                .orElseThrow(() -> new RequestRefusedException(
                        400, "no-url", "the parameter url is missing", "POST /v1/get?url=PERCENT-ENCODED-URL"));
        Job job = begin(new JobRequest(
                url(url), java.util.List.of(), Optional.empty(), Optional.empty(), true, Optional.empty()));
        attendance.enter(job.id(), System.nanoTime());
        return closing(job);
    }

    private static java.net.URI url(String text) {
        try {
            return JobRequestJson.url(text);
        } catch (IllegalArgumentException e) {
            throw new RequestRefusedException(400, "bad-url", String.valueOf(e.getMessage()), "");
        }
    }

    private Answer closing(Job job) throws InterruptedException {
        boolean begun = false;
        try {
            Answer answer = new FileStream(job).answer();
            begun = answer instanceof Answer.Streamed;
            return switch (answer) {
                case Answer.Whole whole -> whole;
                case Answer.Streamed file ->
                    new Answer.Streamed(file.status(), file.headers(), file.length(), out -> {
                        try {
                            file.body().writeTo(out);
                        } finally {
                            end(job);
                        }
                    });
            };
        } finally {
            if (!begun) {
                end(job);
            }
        }
    }

    Answer end(ApiCall call) {
        end(job(call));
        return Answer.json(200, JsonOutput.bytes(json -> {}));
    }

    private void end(Job job) {
        attendance.ended(job.id());
        job.close();
    }

    private Job job(ApiCall call) {
        Job job = jobs.find(call.parameter())
                .orElseThrow(() -> new RequestRefusedException(
                        404,
                        "unknown-job",
                        "there is no open job with this id",
                        "a job whose client is silent for " + limits.patience().toSeconds() + " s is closed"));
        attendance.seen(job.id(), System.nanoTime());
        return job;
    }

    private interface Blocking<T> {
        T run() throws InterruptedException;
    }

    private <T> T attended(Job job, Blocking<T> action) throws InterruptedException {
        attendance.enter(job.id(), System.nanoTime());
        try {
            return action.run();
        } finally {
            attendance.leave(job.id(), System.nanoTime());
        }
    }

    private Answer attendedBody(Job job, Answer answer) {
        return switch (answer) {
            case Answer.Whole whole -> whole;
            case Answer.Streamed file ->
                new Answer.Streamed(file.status(), file.headers(), file.length(), out -> {
                    attendance.enter(job.id(), System.nanoTime());
                    try {
                        file.body().writeTo(out);
                    } finally {
                        attendance.leave(job.id(), System.nanoTime());
                    }
                });
        };
    }
}
