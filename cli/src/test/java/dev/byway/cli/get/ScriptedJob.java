package dev.byway.cli.get;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.JobStatus.State;
import dev.byway.agent.store.StoreException;
import dev.byway.core.account.Contributor;
import dev.byway.core.account.Ledger;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.unit.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A job that goes from step to step, one each time it is asked. */
final class ScriptedJob implements Job {
    /** What happens next. */
    interface Step {
        JobStatus status(long version);
    }

    private final List<byte[]> generations;
    private final List<Step> steps;
    private int at = -1;
    boolean closed;
    String id = "job";
    int refusals;

    ScriptedJob(byte[] content, List<Step> steps) {
        this(List.of(content), steps);
    }

    /** What is read is of the generation of the step that it is at. */
    ScriptedJob(List<byte[]> generations, List<Step> steps) {
        this.generations = generations;
        this.steps = steps;
    }

    static JobStatus status(
            long version, State state, Optional<ContentId> id, long length, List<ByteRange> ready, Ledger ledger) {
        return status(version, 0, state, id, length, ready, ledger);
    }

    static JobStatus status(
            long version,
            long generation,
            State state,
            Optional<ContentId> id,
            long length,
            List<ByteRange> ready,
            Ledger ledger) {
        return new JobStatus(
                version,
                generation,
                state,
                "https://example.org/big.iso",
                id,
                length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
                ready,
                ledger.accounts(),
                0,
                100,
                1.5,
                2,
                List.of(),
                Optional.empty());
    }

    static Ledger lan(long bytes) {
        Ledger ledger = new Ledger();
        ledger.verified(new Contributor(SourceKind.LAN, "neighbour"), bytes);
        return ledger;
    }

    private JobStatus next() {
        at = Math.min(at + 1, steps.size() - 1);
        return steps.get(at).status(at + 1);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public JobStatus status() {
        return at < 0 ? next() : steps.get(at).status(at + 1);
    }

    @Override
    public JobStatus await(long version, Duration atMost) {
        return next();
    }

    @Override
    public void read(ByteRange range, WritableByteChannel to) throws IOException {
        if (refusals-- > 0) {
            throw new IOException("not now", new StoreException(StoreException.Kind.NOT_HELD, "not held"));
        }
        byte[] content = generations.get((int) Math.min(status().generation(), generations.size() - 1));
        to.write(ByteBuffer.wrap(content, (int) range.offset(), (int) range.length()));
    }

    @Override
    public void close() {
        closed = true;
    }
}
