package dev.byway.cli.local;

import dev.byway.agent.Agent;
import dev.byway.agent.AgentConfig;
import dev.byway.agent.api.ApiServer;
import dev.byway.agent.fleet.CallLimits;
import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.CoordinatorUnreachableException;
import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.agent.store.StoreException;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.command.Version;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.setting.StateFolder;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** An agent in this process, with its local API. */
final class OwnAgent implements AutoCloseable {
    private static final int MAX_TOKEN_FILE = 16 * 1024;

    private final Agent agent;
    private final ApiServer api;
    private final Console console;

    private OwnAgent(Agent agent, ApiServer api, Console console) {
        this.console = console;
        this.agent = agent;
        this.api = api;
    }

    /**
     * Starts it.
     *
     * @throws StoreException of kind FOLDER_IN_USE when another agent has the state folder
     */
    static OwnAgent start(Invocation invocation, EffectiveSettings settings) {
        Path state = StateFolder.make(invocation.state());
        joinIfTold(invocation, settings, state);
        Agent agent = Agent.start(
                new AgentConfig(state, settings, invocation.surroundings().variables(), Version.text()));
        try {
            return new OwnAgent(
                    agent,
                    ApiServer.start(agent, state, settings.get(Settings.API_ADDRESS), settings.get(Settings.API_PORT)),
                    invocation.console());
        } catch (RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    /** A device that belongs to no fleet joins the one whose token it was given. Without an answer it works without. */
    private static void joinIfTold(Invocation invocation, EffectiveSettings settings, Path state) {
        Optional<String> token = settings.get(Settings.COORDINATOR_TOKEN)
                .map(secret -> secret.reveal())
                .or(() -> settings.get(Settings.COORDINATOR_TOKEN_FILE)
                        .map(file -> invocation.surroundings().resolve(Path.of(file)))
                        .map(OwnAgent::readToken));
        if (token.isEmpty() || JoinedFleet.load(state).isPresent()) {
            return;
        }
        try {
            JoinedFleet.join(
                    state,
                    JoinToken.parse(token.get()),
                    settings.get(Settings.PEER_ADDRESS),
                    deviceName(),
                    CallLimits.DEFAULT);
        } catch (CoordinatorUnreachableException e) {
            invocation
                    .console()
                    .warn("not joined, the coordinator does not answer: " + e.getMessage()
                            + "; going on without it, the next start tries again");
        } catch (MalformedMessageException | CoordinatorRefusedException e) {
            throw CommandException.failed("cannot join with the token of coordinator.token-file: " + e.getMessage());
        }
    }

    private static String readToken(Path file) {
        try {
            if (Files.size(file) > MAX_TOKEN_FILE) {
                throw CommandException.wrongUsage("coordinator.token-file " + file + " is no file with a join token");
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw CommandException.wrongUsage(
                    "cannot read coordinator.token-file " + file + " (" + Trouble.of(e) + ")");
        }
    }

    /** What the administrator sees. */
    static String deviceName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }

    Agent agent() {
        return agent;
    }

    /** Where its local API is. */
    String url() {
        return api.url();
    }

    /** That the cache takes no more is no failure of what was delivered from it. */
    @Override
    public void close() {
        api.close();
        try {
            agent.close();
        } catch (StoreException e) {
            console.warn("what was fetched may be fetched again: " + e.getMessage());
        }
    }
}
