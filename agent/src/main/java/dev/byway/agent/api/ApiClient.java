package dev.byway.agent.api;

import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.job.CacheControl;
import dev.byway.agent.job.Jobs;
import dev.byway.agent.job.LocalAgent;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Question;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A running agent, as another process of the same user sees it through the local API. All that can go wrong on the way is an
 * {@link ApiException}. Any thread.
 */
public final class ApiClient implements LocalAgent, AutoCloseable {
    private static final int MAX_SMALL = 64 * 1024;

    private final ApiCalls calls;

    private ApiClient(ApiFile file) {
        this.calls = new ApiCalls(new LoopbackHttp(file.url(), file.token()));
    }

    /** Looks into a state folder for a running agent. Reads one file, connects to nothing. */
    public static FoundAgent find(Path stateFolder) {
        Path path = ApiFile.in(stateFolder);
        try {
            ApiFile file = ApiFile.read(path);
            return file.isAlive() ? new FoundAgent.Running(new ApiClient(file)) : new FoundAgent.Stale(file.pid());
        } catch (NoSuchFileException e) {
            return new FoundAgent.NoAgent();
        } catch (AccessDeniedException e) {
            String owner = owner(path, stateFolder);
            return new FoundAgent.NotReadable(
                    owner,
                    "the agent of " + stateFolder + " belongs to " + (owner.isEmpty() ? "another user" : owner)
                            + "; run the command as that user, or choose another folder with --state");
        } catch (IOException | MalformedDocumentException e) {
            return new FoundAgent.NotReadable(
                    owner(path, stateFolder),
                    "cannot use " + path + ": " + e.getMessage() + "; restart the agent, which writes it anew");
        }
    }

    private static String owner(Path file, Path folder) {
        for (Path path : new Path[] {file, folder}) {
            try {
                return Files.getOwner(path).getName();
            } catch (IOException | UnsupportedOperationException e) {
                // Not to be seen from here; the folder may tell instead.
            }
        }
        return "";
    }

    @Override
    public Jobs jobs() {
        return new RemoteJobs(calls);
    }

    @Override
    public CacheControl cache() {
        return new RemoteCache(calls);
    }

    @Override
    public AgentStatus status() {
        byte[] answer = calls.get(Route.STATUS.path(), AgentStatusJson.MAX_BYTES, ApiCalls.SHORT);
        return ApiCalls.understood(() -> AgentStatusJson.read(answer));
    }

    @Override
    public Examination examine(Question question) {
        byte[] answer = calls.post(
                Route.EXAMINE.path(), ExaminationJson.write(question), ExaminationJson.MAX_BYTES, ApiCalls.SHORT);
        return ApiCalls.understood(() -> ExaminationJson.read(answer));
    }

    @Override
    public void stop() {
        calls.post(Route.STOP.path(), new byte[0], ApiCalls.SHORT);
    }

    /** A link that opens the dashboard in a browser: once, within {@link DashboardLink#life}. */
    public DashboardLink dashboardLink() {
        byte[] json = calls.post(Route.DASHBOARD_LINK.path(), new byte[0], ApiCalls.SHORT);
        return ApiCalls.understood(() -> JsonInput.read(
                json,
                MAX_SMALL,
                link -> new DashboardLink(link.text("url"), Duration.ofSeconds(link.smallCount("seconds")))));
    }

    /**
     * A one-time link.
     *
     * @param url for a browser on this machine
     * @param life how long it can be used
     */
    public record DashboardLink(String url, Duration life) {}

    /** Lets go of idle connections; jobs go on until the agent misses their client. */
    @Override
    public void close() {
        calls.close();
    }
}
