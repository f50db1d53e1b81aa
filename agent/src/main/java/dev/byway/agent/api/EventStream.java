package dev.byway.agent.api;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A job's statuses as JSON lines: one for each change, but not faster than a person or a link can use, and one again as a
 * heartbeat when nothing changes. Ends with the job.
 */
final class EventStream {
    private static final double BYTES_PER_SECOND = 1 << 20;

    private final Job job;
    private final DoorLimits limits;

    EventStream(Job job, DoorLimits limits) {
        this.job = job;
        this.limits = limits;
    }

    void writeTo(OutputStream out) throws IOException, InterruptedException {
        JobStatus status = job.status();
        int length = write(status, out);
        while (!status.isOver()) {
            Thread.sleep(gap(length));
            status = job.await(status.version(), limits.heartbeat().minus(limits.eventGap()));
            length = write(status, out);
        }
    }

    private static int write(JobStatus status, OutputStream out) throws IOException {
        byte[] line = JobStatusJson.write(status);
        out.write(line);
        out.write('\n');
        out.flush();
        return line.length;
    }

    /** A status of many ranges and reasons is long; such ones come less often. */
    private Duration gap(int length) {
        Duration forLength = Duration.ofMillis((long) (1000 * length / BYTES_PER_SECOND));
        return forLength.compareTo(limits.eventGap()) > 0 ? forLength : limits.eventGap();
    }
}
