package dev.byway.agent.api;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobStatus;
import dev.byway.core.unit.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/** A job of an agent in another process. Any thread. */
record RemoteJob(String id, ApiCalls calls) implements Job {
    /** One long poll lasts so long at the most: a waiting thread notices an interrupt between two. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private static final int BUFFER = 64 * 1024;

    @Override
    public JobStatus status() {
        return status("");
    }

    @Override
    public JobStatus await(long version, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long left = Math.max(0, deadline - System.nanoTime());
            long millis = Math.min(POLL.toMillis(), (left + 999_999) / 1_000_000);
            JobStatus status = status("?after=" + version + "&wait-ms=" + millis);
            if (status.version() > version || left == 0) {
                return status;
            }
        }
    }

    private JobStatus status(String query) {
        byte[] answer = calls.get(Route.SHOW_JOB.path(id) + query, JobStatusJson.MAX_BYTES, ApiCalls.SHORT);
        return ApiCalls.understood(() -> JobStatusJson.read(answer));
    }

    @Override
    public void read(ByteRange range, WritableByteChannel to) throws IOException {
        if (range.isEmpty()) {
            return;
        }
        try {
            calls.stream(Route.READ_JOB.path(id), "Range: " + RangeHeader.of(range), response -> {
                if (response.length() != range.length()) {
                    throw new MalformedDocumentException(response.length() + " bytes instead of " + range.length());
                }
                return copy(response.body(), to);
            });
        } catch (TargetException e) {
            throw e.trouble;
        } catch (ApiException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(e.getMessage(), ApiCalls.gone(e));
        }
    }

    /** The trouble is where the bytes go, not where they come from. */
    private static final class TargetException extends IOException {
        private final transient IOException trouble;

        TargetException(IOException trouble) {
            super(trouble);
            this.trouble = trouble;
        }
    }

    private static long copy(InputStream from, WritableByteChannel to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            write(bytes, to);
            copied += read;
        }
        return copied;
    }

    private static void write(ByteBuffer bytes, WritableByteChannel to) throws TargetException {
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        } catch (IOException e) {
            throw new TargetException(e);
        }
    }

    /** A job that the agent has closed already, or with itself, is closed. */
    @Override
    public void close() {
        try {
            calls.delete(Route.END_JOB.path(id));
        } catch (ApiException e) {
            boolean closed = e.kind() == ApiException.Kind.NOT_FOUND || e.kind() == ApiException.Kind.GONE;
            if (!closed) {
                throw e;
            }
        }
    }
}
