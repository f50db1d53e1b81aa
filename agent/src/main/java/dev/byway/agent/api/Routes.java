package dev.byway.agent.api;

import dev.byway.agent.job.LocalAgent;
import java.util.Map;
import java.util.OptionalLong;

/** Answers what the door let in. The switch names every line of the table, so none can be forgotten. Any thread. */
final class Routes {
    private final LocalAgent agent;
    private final JobRoutes jobs;
    private final CacheRoutes cache;
    private final DashboardRoutes dashboard;

    Routes(LocalAgent agent, JobRoutes jobs, CacheRoutes cache, DashboardRoutes dashboard) {
        this.agent = agent;
        this.jobs = jobs;
        this.cache = cache;
        this.dashboard = dashboard;
    }

    /**
     * The answer.
     *
     * @throws RequestRefusedException when there is another one
     * @throws MalformedDocumentException when the body is not what the route takes
     */
    Answer answer(ApiCall call) throws InterruptedException {
        return switch (call.route()) {
            case START_JOB -> jobs.start(call);
            case LIST_JOBS -> jobs.list();
            case SHOW_JOB -> jobs.show(call);
            case WATCH_JOB -> jobs.watch(call);
            case READ_JOB -> jobs.read(call);
            case END_JOB -> jobs.end(call);
            case GET -> jobs.get(call);
            case STATUS -> Answer.json(200, AgentStatusJson.write(agent.status()));
            case EXAMINE ->
                Answer.json(200, ExaminationJson.write(agent.examine(ExaminationJson.question(call.body()))));
            case PIN -> cache.pin(call, true);
            case UNPIN -> cache.pin(call, false);
            case VERIFY -> cache.verify(call);
            case REMOVE -> cache.remove(call);
            case STOP -> stop();
            case DASHBOARD_LINK -> dashboard.link();
            case DASHBOARD -> dashboard.page(call);
            case DASHBOARD_CONTENT -> dashboard.content();
            case DASHBOARD_SCRIPT -> dashboard.script();
            case DASHBOARD_STYLE -> dashboard.style();
        };
    }

    /** Stopping closes this very door, so it begins when the answer is out, on a thread of its own. */
    private Answer stop() {
        byte[] body = JsonOutput.bytes(json -> json.flag("stopping", true));
        Map<String, String> headers = Map.of("Content-Type", Answer.JSON);
        return new Answer.Streamed(202, headers, OptionalLong.of(body.length), out -> {
            out.write(body);
            out.flush();
            Thread.ofVirtual().name("stop").start(agent::stop);
        });
    }
}
