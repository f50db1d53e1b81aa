package dev.byway.cli.demo;

import dev.byway.agent.api.ApiClient;
import dev.byway.agent.api.FoundAgent;
import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.local.Report;
import dev.byway.cli.terminal.Progress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One device of the demo: a process of its own, watched through its local API. One thread. */
final class DemoDevice implements AutoCloseable {
    private static final Duration COORDINATOR = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final String name;
    private final ApiClient agent;
    private Optional<Job> job = Optional.empty();
    private Optional<JobStatus> last = Optional.empty();

    private DemoDevice(String name, ApiClient agent) {
        this.name = name;
        this.agent = agent;
    }

    /** The device whose agent runs with this state folder. */
    static DemoDevice of(String name, Path state) {
        return switch (ApiClient.find(state)) {
            case FoundAgent.Running(ApiClient client) -> new DemoDevice(name, client);
            case FoundAgent.NoAgent() -> throw gone(name);
            case FoundAgent.Stale ignored -> throw gone(name);
            case FoundAgent.NotReadable(String ignored, String message) -> throw CommandException.failed(message);
        };
    }

    private static CommandException gone(String name) {
        return CommandException.failed("the demo's " + name + " has ended");
    }

    String name() {
        return name;
    }

    /** Waits a while until it has met its coordinator; without one it would work all the same. */
    void awaitCoordinator() throws InterruptedException {
        long deadline = System.nanoTime() + COORDINATOR.toNanos();
        while (System.nanoTime() < deadline
                && agent.status()
                        .coordinator()
                        .filter(state -> state.startsWith("reachable"))
                        .isEmpty()) {
            Thread.sleep(PAUSE);
        }
    }

    /** Asks for the file. */
    void fetch(URI url) {
        job = Optional.of(agent.jobs().start(JobRequest.of(url)));
    }

    /** Where it stands now. */
    JobStatus look() {
        if (last.filter(JobStatus::isOver).isEmpty()) {
            last = Optional.of(job.orElseThrow().status());
        }
        return last.orElseThrow();
    }

    /** For the screen. */
    Progress progress() {
        JobStatus status = look();
        return Progress.ofDownload(
                name,
                status.readyBytes(),
                status.length(),
                status.bytesPerSecond(),
                0,
                status.accounts().sources(),
                status.neighbours());
    }

    /** How it went. */
    Report report() {
        return Report.of(look());
    }

    @Override
    public void close() {
        agent.close();
    }
}
