package dev.byway.cli.get;

import static dev.byway.cli.get.ScriptedJob.lan;
import static dev.byway.cli.get.ScriptedJob.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.api.ApiClient;
import dev.byway.agent.api.ApiException;
import dev.byway.agent.api.ApiServer;
import dev.byway.agent.api.FoundAgent;
import dev.byway.agent.download.DirectDownloads;
import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.job.CacheControl;
import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.JobStatus.State;
import dev.byway.agent.job.Jobs;
import dev.byway.agent.job.LocalAgent;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.OpenAgent;
import dev.byway.cli.local.Report;
import dev.byway.cli.terminal.ProgressView;
import dev.byway.core.account.SourceBytes;
import dev.byway.core.content.ContentId;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Question;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.unit.ByteRange;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchingTest {
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Deque<LocalAgent> agents = new ArrayDeque<>();
    /** What a client of an agent gets that was there and is gone. */
    private ApiException gone() {
        FoundAgent found = find();
        if (found instanceof FoundAgent.Running(ApiClient client)) {
            try {
                client.status();
            } catch (ApiException e) {
                return e;
            }
        }
        throw new AssertionError("no agent was there: " + found);
    }

    private FoundAgent find() {
        LocalAgent idle = new OneJob(() -> new ScriptedJob(CONTENT, List.of()));
        try (ApiServer _ = ApiServer.start(idle, folder, InetAddress.ofLiteral("127.0.0.1"), 0)) {
            return ApiClient.find(folder);
        }
    }

    private record OneJob(Supplier<Job> job) implements LocalAgent, Jobs, CacheControl {
        @Override
        public Jobs jobs() {
            return this;
        }

        @Override
        public CacheControl cache() {
            return this;
        }

        @Override
        public Outcome pin(ContentId id, boolean pinned) {
            return Outcome.NOT_HELD;
        }

        @Override
        public Outcome remove(ContentId id) {
            return Outcome.NOT_HELD;
        }

        @Override
        public int verify(ContentId id) {
            return -1;
        }

        @Override
        public AgentStatus status() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Examination examine(Question question) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop() {}

        @Override
        public Job start(JobRequest request) {
            return job.get();
        }

        @Override
        public Optional<Job> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<JobStatus> recent() {
            return List.of();
        }
    }

    private final AgentDoor door = new AgentDoor() {
        @Override
        public Optional<OpenAgent> running() {
            return Optional.empty();
        }

        @Override
        public EffectiveSettings settings() {
            throw new AssertionError("a download asks for none");
        }

        @Override
        public OpenAgent runningOrOwn() {
            LocalAgent agent = agents.size() > 1 ? agents.remove() : agents.element();
            return new OpenAgent(agent, true, () -> {}, () -> {});
        }

        @Override
        public OpenAgent required() {
            return runningOrOwn();
        }

        @Override
        public DirectDownloads withoutCache() {
            throw new AssertionError("the cache is well");
        }
    };

    private Report fetch() throws InterruptedException {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), stream, stream, OptionalInt.empty());
        URI url = URI.create("https://example.org/big.iso");
        try (Fetching fetching = new Fetching(door, console, ProgressView.on(console, true))) {
            return fetching.fetch(new Wanted(
                    JobRequest.of(url), Destination.of(url, Optional.empty(), Optional.empty(), folder, false)));
        }
    }

    private static ScriptedJob.Step step(State state, long lanBytes, ByteRange... ready) {
        return version -> status(version, state, Optional.empty(), 10, List.of(ready), lan(lanBytes));
    }

    private ScriptedJob.Step leave() {
        ApiException gone = gone();
        return _ -> {
            throw gone;
        };
    }

    @Test
    void theReportSaysWhereTheBytesCameFrom() throws InterruptedException {
        agents.add(new OneJob(() -> new ScriptedJob(CONTENT, List.of(step(State.DONE, 10, new ByteRange(0, 10))))));
        Report report = fetch();
        assertThat(report.sources()).isEqualTo(new SourceBytes(0, 0, 10, 0, 0));
        assertThat(report.bytes()).isEqualTo(10);
        assertThat(report.file()).contains(folder.resolve("big.iso").toString());
        assertThat(folder.resolve("big.iso")).hasBinaryContent(CONTENT);
    }

    @Test
    void whenTheAgentLeavesTheNextGoesOnAndNoByteIsForgotten() throws InterruptedException {
        agents.add(new OneJob(() ->
                new ScriptedJob(CONTENT, List.of(step(State.DOWNLOADING, 6, new ByteRange(0, 6)), leave()))));
        agents.add(new OneJob(() -> new ScriptedJob(CONTENT, List.of(step(State.DONE, 4, new ByteRange(0, 10))))));
        Report report = fetch();
        assertThat(report.bytes()).isEqualTo(10);
        assertThat(report.held()).isZero();
        assertThat(folder.resolve("big.iso")).hasBinaryContent(CONTENT);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("going on without it");
    }

    @Test
    void agentsThatLeaveAgainAndAgainEndTheAttempt() {
        agents.add(new OneJob(() -> new ScriptedJob(CONTENT, List.of(step(State.RESOLVING, 0), leave()))));
        assertThatThrownBy(this::fetch)
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NOT_REACHABLE));
        assertThat(folder.resolve("big.iso.part")).doesNotExist();
    }
}
