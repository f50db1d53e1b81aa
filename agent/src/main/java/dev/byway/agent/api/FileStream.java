package dev.byway.agent.api;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.MovedException;
import dev.byway.core.unit.ByteRange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A job's file from its first byte to its last, each as soon as it and all before it are ready. The answer begins only with
 * the first byte, so that whatever fails before is a proper error; whatever fails later breaks the connection.
 */
final class FileStream {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long STEP = 4 << 20;
    private static final int MOST_FAULTS = 50;

    private final Job job;
    private long generation;

    FileStream(Job job) {
        this.job = job;
    }

    /** Waits for the first byte. */
    Answer answer() throws InterruptedException {
        JobStatus status = job.status();
        while (!status.isOver() && new ReadyRanges(status).from(0) == 0) {
            status = job.await(status.version(), LOOK);
        }
        if (status.state() == JobStatus.State.FAILED) {
            return failed(status);
        }
        generation = status.generation();
        OptionalLong length = status.isOver() ? OptionalLong.of(status.readyBytes()) : status.length();
        return new Answer.Streamed(200, Map.of("Content-Type", Answer.FILE), length, this::writeTo);
    }

    private static Answer failed(JobStatus status) {
        String code = status.failure().map(JobStatus.Failure::kind).orElse("failed");
        String message = status.failure().map(JobStatus.Failure::message).orElse("the download failed");
        return Answer.error(502, new ApiError(code, message, ""));
    }

    private void writeTo(OutputStream out) throws IOException, InterruptedException {
        StreamChannel channel = new StreamChannel(out);
        int faults = 0;
        JobStatus status = job.status();
        refuseWhenVoid(status, 0);
        while (true) {
            long sent = channel.written();
            long ready = new ReadyRanges(status).from(sent) - heldBack(status, sent);
            if (ready > 0 && read(new ByteRange(sent, Math.min(ready, STEP)), channel, faults)) {
                out.flush();
            } else if (ready > 0) {
                faults++;
                status = job.await(status.version(), PAUSE);
            } else if (status.state() == JobStatus.State.DONE && sent == status.readyBytes()) {
                return;
            } else if (status.isOver()) {
                throw new IOException("the download failed after " + sent + " bytes were handed on");
            } else {
                status = job.await(status.version(), LOOK);
            }
            status = status.isOver() ? status : job.status();
            refuseWhenVoid(status, channel.written());
        }
    }

    /** The last byte comes when all is well: without it, whoever reads the stream sees that it broke. */
    private static long heldBack(JobStatus status, long sent) {
        boolean reachesEnd = status.length().isPresent()
                && sent + new ReadyRanges(status).from(sent) == status.length().getAsLong();
        return reachesEnd
                        && status.state() != JobStatus.State.DONE
                        && sent < status.length().getAsLong()
                ? 1
                : 0;
    }

    /** False when the job gives it from another place by now, which its next status tells; what was written is written. */
    private boolean read(ByteRange range, StreamChannel channel, int faults) throws IOException {
        try {
            job.read(range, channel);
            return true;
        } catch (MovedException e) {
            if (faults < MOST_FAULTS) {
                return false;
            }
            throw e;
        }
    }

    /** What was sent cannot be called back: when it is not part of the file any more, the stream must break. */
    private void refuseWhenVoid(JobStatus status, long sent) throws IOException {
        if (status.generation() != generation) {
            throw new IOException("the content changed at the origin after " + sent + " bytes were handed on");
        }
    }
}
