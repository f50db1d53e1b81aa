package dev.byway.cli.get;

import static dev.byway.cli.get.ScriptedJob.lan;
import static dev.byway.cli.get.ScriptedJob.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.api.ApiClient;
import dev.byway.agent.api.ApiException;
import dev.byway.agent.api.ApiServer;
import dev.byway.agent.api.FoundAgent;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus.State;
import dev.byway.agent.job.LocalAgent;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.local.Report;
import dev.byway.core.account.SourceBytes;
import dev.byway.core.unit.ByteRange;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchingTest {
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
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
        LocalAgent idle = new ScriptedAgent(() -> new ScriptedJob(CONTENT, List.of()));
        try (ApiServer _ = ApiServer.start(idle, folder, InetAddress.ofLiteral("127.0.0.1"), 0)) {
            return ApiClient.find(folder);
        }
    }

    private final ScriptedDoor door = new ScriptedDoor();

    private Report fetch() throws InterruptedException {
        try (Carrier carrier = new Carrier(door, said::add)) {
            return new Fetching(wanted("big.iso"), carrier).run();
        }
    }

    private Wanted wanted(String name) {
        URI url = URI.create("https://example.org/" + name);
        return new Wanted(
                JobRequest.of(url), List.of(), Destination.of(url, Optional.empty(), Optional.empty(), folder, false));
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
        door.agents.add(new ScriptedAgent(() ->
                new ScriptedJob(CONTENT, List.of(step(State.DONE, 10, new ByteRange(0, 10))))));
        Report report = fetch();
        assertThat(report.sources()).isEqualTo(new SourceBytes(0, 0, 10, 0, 0));
        assertThat(report.bytes()).isEqualTo(10);
        assertThat(report.file()).contains(folder.resolve("big.iso").toString());
        assertThat(folder.resolve("big.iso")).hasBinaryContent(CONTENT);
    }

    @Test
    void whenTheAgentLeavesTheNextGoesOnAndNoByteIsForgotten() throws InterruptedException {
        door.agents.add(new ScriptedAgent(() ->
                new ScriptedJob(CONTENT, List.of(step(State.DOWNLOADING, 6, new ByteRange(0, 6)), leave()))));
        door.agents.add(new ScriptedAgent(() ->
                new ScriptedJob(CONTENT, List.of(step(State.DONE, 4, new ByteRange(0, 10))))));
        Report report = fetch();
        assertThat(report.bytes()).isEqualTo(10);
        assertThat(report.held()).isZero();
        assertThat(folder.resolve("big.iso")).hasBinaryContent(CONTENT);
        assertThat(said).singleElement().asString().contains("going on without it");
    }

    @Test
    void agentsThatLeaveAgainAndAgainEndTheAttempt() {
        door.agents.add(new ScriptedAgent(() -> new ScriptedJob(CONTENT, List.of(step(State.RESOLVING, 0), leave()))));
        assertThatThrownBy(this::fetch)
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NOT_REACHABLE));
        assertThat(folder.resolve("big.iso.part")).doesNotExist();
    }
}
