package dev.byway.agent.api;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.MovedException;
import dev.byway.core.account.Accounts;
import dev.byway.core.unit.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/** A job whose file grows when the test says so. */
final class ScriptedJob implements Job {
    final CountDownLatch closed = new CountDownLatch(1);

    private final String id;
    private final byte[] file;
    private JobStatus status;
    private long moves = Long.MAX_VALUE;

    ScriptedJob(String id, byte[] file) {
        this.id = id;
        this.file = file.clone();
        this.status = status(0, 0, JobStatus.State.RESOLVING, OptionalLong.empty(), List.of(), Optional.empty());
    }

    private static JobStatus status(
            long version,
            long generation,
            JobStatus.State state,
            OptionalLong length,
            List<ByteRange> ready,
            Optional<JobStatus.Failure> failure) {
        return new JobStatus(
                version,
                generation,
                state,
                "https://origin.example/file",
                Optional.empty(),
                length,
                ready,
                Accounts.EMPTY,
                0,
                0,
                0.5,
                0,
                List.of(),
                failure);
    }

    private synchronized void become(
            JobStatus.State state, OptionalLong length, List<ByteRange> ready, Optional<JobStatus.Failure> failure) {
        long generation = status.generation() + (state == JobStatus.State.RESTARTED ? 1 : 0);
        status = status(status.version() + 1, generation, state, length, ready, failure);
        notifyAll();
    }

    /** The first bytes are ready, of a file of known length. */
    void ready(long bytes) {
        become(
                JobStatus.State.DOWNLOADING,
                OptionalLong.of(file.length),
                List.of(new ByteRange(0, bytes)),
                Optional.empty());
    }

    /** The first bytes are ready, of a file whose length the origin did not say. */
    void readyOfUnknown(long bytes) {
        become(JobStatus.State.DOWNLOADING, OptionalLong.empty(), List.of(new ByteRange(0, bytes)), Optional.empty());
    }

    void done() {
        List<ByteRange> all = file.length == 0 ? List.of() : List.of(new ByteRange(0, file.length));
        become(JobStatus.State.DONE, OptionalLong.of(file.length), all, Optional.empty());
    }

    void failed(String kind, String message) {
        become(
                JobStatus.State.FAILED,
                OptionalLong.empty(),
                List.of(),
                Optional.of(new JobStatus.Failure(kind, message)));
    }

    void restarted() {
        become(JobStatus.State.RESTARTED, OptionalLong.empty(), List.of(), Optional.empty());
    }

    /** The next read that comes past this byte stops there, once: what follows is given from another place. */
    synchronized void movesAt(long at) {
        moves = at;
    }

    private synchronized long takeMove(ByteRange range) {
        long at = range.end() > moves ? moves : Long.MAX_VALUE;
        moves = at == Long.MAX_VALUE ? moves : Long.MAX_VALUE;
        return at;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public synchronized JobStatus status() {
        return status;
    }

    @Override
    public synchronized JobStatus await(long version, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (status.version() <= version && System.nanoTime() < deadline) {
            wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
        return status;
    }

    @Override
    public void read(ByteRange range, WritableByteChannel to) throws IOException {
        if (!new ReadyRanges(status()).covers(range)) {
            throw new IOException("not ready");
        }
        long moved = takeMove(range);
        long end = Math.min(range.end(), moved);
        ByteBuffer bytes = ByteBuffer.wrap(file, (int) range.offset(), (int) (end - range.offset()));
        while (bytes.hasRemaining()) {
            int limit = bytes.limit();
            bytes.limit(Math.min(limit, bytes.position() + 8192));
            to.write(bytes);
            bytes.limit(limit);
        }
        if (moved != Long.MAX_VALUE) {
            throw new MovedException("given from another place", new IOException("moved"));
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
