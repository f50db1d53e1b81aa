package dev.byway.cli.get;

import dev.byway.agent.api.ApiException;
import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.store.StoreException;
import dev.byway.cli.command.CommandException;
import dev.byway.core.content.ContentId;
import dev.byway.core.unit.ByteRange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Copies what a job has ready into a file, as it becomes ready, at its place.
 *
 * <p>The file outlives the job: when the agent goes away in the middle, the next agent's job goes on with the same file, and
 * only what is missing is copied. When the content started over, or may be another one, all is copied anew: what was copied
 * between two looks at the same generation is of that generation. One thread.
 */
final class Delivery {
    private static final long CHUNK = 8L << 20;
    private static final Duration WAIT = Duration.ofMillis(250);
    private static final int MOST_FAULTS = 50;

    private final Destination destination;
    private final PartFile part;
    private final WrittenRanges written = new WrittenRanges();
    private Optional<Edition> edition = Optional.empty();
    private boolean lengthChecked;
    private int faults;

    /** What the bytes of a file belong to; those of one content are the same whichever job gave them. */
    private record Edition(String job, long generation, Optional<ContentId> content) {
        boolean continues(Edition before) {
            return equals(before) || (content.isPresent() && content.equals(before.content()));
        }
    }

    Delivery(Destination destination, PartFile part) {
        this.destination = destination;
        this.part = part;
    }

    /**
     * Copies until the job is over.
     *
     * @param seen is told every status
     * @return the last status: done, and the file is in place; or failed
     * @throws ApiException when the agent is gone
     * @throws CommandException when the file cannot be written
     */
    JobStatus run(Job job, Consumer<JobStatus> seen) throws InterruptedException {
        JobStatus status = job.status();
        while (true) {
            seen.accept(status);
            try {
                prepare(job, status);
                Optional<ByteRange> next = written.firstMissing(status.ready(), CHUNK);
                if (next.isPresent() && copy(job, next.get())) {
                    status = job.status();
                    continue;
                }
                if (status.state() == JobStatus.State.FAILED) {
                    return status;
                }
                if (status.state() == JobStatus.State.DONE && written.covers(length(status))) {
                    part.finish(length(status));
                    return status;
                }
            } catch (IOException e) {
                throw PartFile.trouble(destination, e);
            }
            if (status.isOver() && ++faults > MOST_FAULTS) {
                throw CommandException.failed(
                        "INCOMPLETE", "the agent calls the download done and does not give all of it");
            }
            status = job.await(status.version(), WAIT);
        }
    }

    /** Bytes that are written from the first one on without a gap. */
    long prefix() {
        return written.prefix();
    }

    private static long length(JobStatus status) {
        return status.length().orElse(status.readyBytes());
    }

    private void prepare(Job job, JobStatus status) throws IOException {
        if (status.state() == JobStatus.State.RESOLVING) {
            return;
        }
        Edition now = new Edition(job.id(), status.generation(), status.content());
        if (edition.isPresent() && !now.continues(edition.get())) {
            written.clear();
            part.startOver();
            lengthChecked = false;
        }
        edition = Optional.of(now);
        if (!lengthChecked && status.length().isPresent()) {
            lengthChecked = true;
            part.mustFit(status.length().getAsLong());
        }
    }

    /** Copies a range; false when the agent could not give it after all, which happens when the file changed at the origin. */
    private boolean copy(Job job, ByteRange range) throws IOException {
        try {
            job.read(range, part.at(range.offset()));
            written.add(range);
            return true;
        } catch (IOException e) {
            return switch (e.getCause()) {
                case ApiException api -> bear(api.kind().name(), api);
                case StoreException store -> bear(store.kind().name(), store);
                case null, default -> throw e;
            };
        }
    }

    /** Whether the agent is there at all, the next look at the job tells. */
    private boolean bear(String kind, RuntimeException trouble) {
        faults++;
        if (faults > MOST_FAULTS) {
            throw CommandException.failed(kind, String.valueOf(trouble.getMessage()));
        }
        return false;
    }
}
