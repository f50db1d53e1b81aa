package dev.byway.cli.get;

import static dev.byway.cli.get.ScriptedJob.lan;
import static dev.byway.cli.get.ScriptedJob.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.JobStatus.State;
import dev.byway.core.unit.ByteRange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
    private static final byte[] NEW = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final List<JobStatus> seen = new ArrayList<>();

    private static ScriptedJob.Step step(State state, long length, ByteRange... ready) {
        return version -> status(version, state, Optional.empty(), length, List.of(ready), lan(0));
    }

    private static ScriptedJob.Step again(State state, long length, ByteRange... ready) {
        return version -> status(version, 1, state, Optional.empty(), length, List.of(ready), lan(0));
    }

    private Destination destination() {
        return Destination.of(URI.create("https://h/x"), Optional.of("x"), Optional.empty(), folder, false);
    }

    private Path deliver(ScriptedJob job) throws InterruptedException {
        Destination destination = destination();
        try (PartFile part = PartFile.open(destination)) {
            new Delivery(destination, part).run(job, seen::add);
        }
        return destination.file();
    }

    @Test
    void rangesAreWrittenAtTheirPlaceAsTheyBecomeReady() throws InterruptedException {
        Path file = deliver(new ScriptedJob(
                NEW,
                List.of(
                        step(State.RESOLVING, -1),
                        step(State.DOWNLOADING, 10, new ByteRange(6, 4)),
                        step(State.DOWNLOADING, 10, new ByteRange(0, 2), new ByteRange(6, 4)),
                        step(State.DONE, 10, new ByteRange(0, 10)))));
        assertThat(file).hasBinaryContent(NEW);
        assertThat(seen)
                .extracting(JobStatus::state)
                .startsWith(State.RESOLVING)
                .endsWith(State.DONE);
    }

    @Test
    void aFileThatChangedAtTheOriginIsWrittenAnew() throws InterruptedException {
        byte[] shorter = "abcd".getBytes(StandardCharsets.US_ASCII);
        Path file = deliver(new ScriptedJob(
                List.of(NEW, shorter),
                List.of(
                        step(State.DOWNLOADING, 10, new ByteRange(0, 10)),
                        again(State.RESTARTED, 4),
                        again(State.DONE, 4, new ByteRange(0, 4)))));
        assertThat(file).hasBinaryContent(shorter);
    }

    /** By its state and what is ready nothing can be noticed: only the generation tells. */
    @Test
    void aRestartThatWentUnseenSplicesNothing() throws InterruptedException {
        byte[] old = "ABCDEFGHIJ".getBytes(StandardCharsets.US_ASCII);
        Path file = deliver(new ScriptedJob(
                List.of(old, NEW),
                List.of(
                        step(State.DOWNLOADING, 10, new ByteRange(0, 4)),
                        again(State.DOWNLOADING, 10, new ByteRange(0, 8)),
                        again(State.DONE, 10, new ByteRange(0, 10)))));
        assertThat(file).hasBinaryContent(NEW);
    }

    @Test
    void anotherJobsUnprovedBytesAreNotSplicedToThose() throws InterruptedException {
        byte[] old = "ABCDEFGHIJ".getBytes(StandardCharsets.US_ASCII);
        Destination destination = destination();
        try (PartFile part = PartFile.open(destination)) {
            Delivery delivery = new Delivery(destination, part);
            ScriptedJob first = new ScriptedJob(
                    old,
                    List.of(
                            step(State.DOWNLOADING, 10, new ByteRange(0, 4)),
                            step(State.FAILED, 10, new ByteRange(0, 4))));
            delivery.run(first, seen::add);
            ScriptedJob second = new ScriptedJob(NEW, List.of(step(State.DONE, 10, new ByteRange(0, 10))));
            second.id = "another";
            delivery.run(second, seen::add);
        }
        assertThat(destination.file()).hasBinaryContent(NEW);
    }

    @Test
    void whatTheAgentCannotGiveAfterAllIsAskedForAgain() throws InterruptedException {
        ScriptedJob job = new ScriptedJob(NEW, List.of(step(State.DONE, 10, new ByteRange(0, 10))));
        job.refusals = 3;
        assertThat(deliver(job)).hasBinaryContent(NEW);
    }

    @Test
    void anEmptyFileIsAFile() throws InterruptedException {
        assertThat(deliver(new ScriptedJob(NEW, List.of(step(State.DONE, 0))))).isEmptyFile();
    }

    @Test
    void aFailedJobLeavesNoFile() throws InterruptedException {
        Path file = deliver(new ScriptedJob(NEW, List.of(step(State.FAILED, 10, new ByteRange(0, 5)))));
        assertThat(file).doesNotExist();
        assertThat(folder).isEmptyDirectory();
    }
}
