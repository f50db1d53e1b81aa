package dev.byway.e2e;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A device of the lab: a host with a state folder.
 *
 * @param host where it is
 * @param state its state folder
 * @param settings {@code name=value}, for everything that runs here
 */
public record Device(Host host, Path state, List<String> settings) {
    private static final Duration START = Duration.ofSeconds(90);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Runs its agent and returns when it serves. */
    public Running startAgent() {
        Running agent = spawnAgent();
        awaitReady(agent);
        return agent;
    }

    /** Starts its agent without waiting. */
    public Running spawnAgent() {
        return run("agent");
    }

    public static void awaitReady(Running agent) {
        agent.awaitLine("ready ", START);
    }

    /** Starts to download a published file to {@link #fetched}, through the agent if one runs. */
    public Running get(PublishedFile file) {
        return run(
                "get",
                file.url().toString(),
                "--json",
                "--force",
                "-o",
                fetched(file).toString());
    }

    /** Where {@link #get} puts it. */
    public Path fetched(PublishedFile file) {
        return state.resolveSibling(state.getFileName() + "-" + file.path().getFileName());
    }

    /** {@code byway why} about a download that ended. */
    public JsonNode why(PublishedFile file) {
        Running why = run("why", file.url().toString(), "--json");
        if (why.awaitEnd(START) != 0) {
            throw new AssertionError("byway why failed: " + why.errors());
        }
        return MAPPER.readTree(why.output());
    }

    /** {@code byway status}. */
    public JsonNode status() {
        Running status = run("status", "--json");
        if (status.awaitEnd(START) != 0) {
            throw new AssertionError("byway status failed: " + status.errors());
        }
        return MAPPER.readTree(status.output());
    }

    /** Asks for the status until it is so. */
    public JsonNode awaitStatus(Predicate<JsonNode> condition) {
        long until = System.nanoTime() + START.toNanos();
        while (true) {
            JsonNode status = status();
            if (condition.test(status)) {
                return status;
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("waited too long; the status is " + status);
            }
        }
    }

    /** Runs any command of the program here. */
    public Running run(String... command) {
        return runUnder(List.of(), command);
    }

    /** The same, started by another program, which gets it as its last arguments. */
    public Running runUnder(List<String> starter, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.add("--state");
        all.add(state.toString());
        for (String setting : settings) {
            all.add("--set");
            all.add(setting);
        }
        List<String> whole = new ArrayList<>(starter);
        whole.addAll(Program.command(all.toArray(String[]::new)));
        return host.spawn(whole);
    }
}
