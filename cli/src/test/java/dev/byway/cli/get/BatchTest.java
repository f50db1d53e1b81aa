package dev.byway.cli.get;

import static dev.byway.cli.get.ScriptedJob.lan;
import static dev.byway.cli.get.ScriptedJob.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus.State;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.local.Report;
import dev.byway.cli.terminal.ProgressView;
import dev.byway.core.unit.ByteRange;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BatchTest {
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final ScriptedDoor door = new ScriptedDoor();
    private final Told told = new Told();

    /** What each file came to, in the order it was told. */
    private static final class Told implements Batch.Listener {
        final List<String> done = new ArrayList<>();
        final List<RuntimeException> troubles = new ArrayList<>();

        @Override
        public void ended(Wanted wanted, Report report) {
            done.add(wanted.label());
        }

        @Override
        public void failed(Wanted wanted, RuntimeException trouble) {
            troubles.add(trouble);
        }
    }

    private static ScriptedJob whole() {
        return new ScriptedJob(
                CONTENT,
                List.of(version ->
                        status(version, State.DONE, Optional.empty(), 10, List.of(new ByteRange(0, 10)), lan(10))));
    }

    private Wanted wanted(int number) {
        URI url = URI.create("https://example.org/f" + number);
        return new Wanted(
                JobRequest.of(url), List.of(), Destination.of(url, Optional.empty(), Optional.empty(), folder, false));
    }

    private List<Wanted> wanted(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::wanted).toList();
    }

    private void run(Supplier<Job> job, List<Wanted> all, int most, Batch.Listener listener)
            throws InterruptedException {
        door.agents.add(new ScriptedAgent(job));
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), nowhere, nowhere, OptionalInt.empty());
        try (Batch batch = new Batch(door, console, ProgressView.on(console, true))) {
            batch.run(all, most, listener);
        }
    }

    /** Each job waits for two others: if they did not run at once, this would not end. */
    @Test
    void filesAreFetchedAtOnce() throws InterruptedException {
        CyclicBarrier together = new CyclicBarrier(3);
        run(
                () -> {
                    try {
                        together.await(30, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    return whole();
                },
                wanted(0, 9),
                3,
                told);
        assertThat(told.done).containsExactlyInAnyOrder("f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8");
        assertThat(folder.resolve("f8")).hasBinaryContent(CONTENT);
    }

    @Test
    void noMoreThanThatAtOnceAndInTheirOrder() throws InterruptedException {
        AtomicInteger open = new AtomicInteger();
        List<Integer> seen = new ArrayList<>();
        run(
                () -> {
                    seen.add(open.incrementAndGet());
                    return new ScriptedJob(CONTENT, List.of(version -> {
                        open.set(0);
                        return whole().status();
                    }));
                },
                wanted(0, 5),
                1,
                told);
        assertThat(seen).containsExactly(1, 1, 1, 1, 1);
        assertThat(told.done).containsExactly("f0", "f1", "f2", "f3", "f4");
    }

    @Test
    void whatOneDestinationLacksKeepsNoOtherFromComing() throws Exception {
        Files.createDirectory(folder.resolve("f1"));
        run(BatchTest::whole, wanted(0, 3), 2, told);
        assertThat(told.done).containsExactlyInAnyOrder("f0", "f2");
        assertThat(told.troubles).singleElement().isInstanceOf(CommandException.class);
    }

    @Test
    void aListenerThatThrowsEndsAll() {
        assertThatThrownBy(() -> run(
                        () -> {
                            throw new IllegalStateException("broken");
                        },
                        wanted(0, 50),
                        1,
                        new Batch.Listener() {
                            @Override
                            public void ended(Wanted wanted, Report report) {
                                throw new AssertionError("nothing came");
                            }

                            @Override
                            public void failed(Wanted wanted, RuntimeException trouble) {
                                throw trouble;
                            }
                        }))
                .hasMessage("broken");
        assertThat(folder).isEmptyDirectory();
    }

    /** Whatever goes wrong in a thread, nobody waits for it for ever. */
    @Test
    void anErrorIsTold() throws InterruptedException {
        run(
                () -> {
                    throw new StackOverflowError("deep");
                },
                wanted(0, 1),
                8,
                told);
        assertThat(told.troubles)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("deep");
    }
}
