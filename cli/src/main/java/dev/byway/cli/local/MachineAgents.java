package dev.byway.cli.local;

import dev.byway.agent.Agent;
import dev.byway.agent.AgentConfig;
import dev.byway.agent.api.ApiClient;
import dev.byway.agent.api.ApiException;
import dev.byway.agent.api.FoundAgent;
import dev.byway.agent.download.DirectDownloads;
import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.store.StoreException;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Version;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.setting.StateFolder;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The agents of this machine: the one of the state folder, else the system's, else one of our own.
 *
 * <p>An agent that starts or stops holds its folder for a moment without answering; so the search goes on for a while before
 * it gives up.
 */
public final class MachineAgents implements AgentDoor {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Invocation invocation;

    public MachineAgents(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Optional<OpenAgent> running() {
        return folders().stream().flatMap(folder -> running(folder).stream()).findFirst();
    }

    @Override
    public EffectiveSettings settings() {
        Optional<OpenAgent> running = running();
        if (running.isEmpty()) {
            return invocation.settings();
        }
        try (OpenAgent open = running.get()) {
            AgentStatus status = open.agent().status();
            EffectiveSettings given = invocation.settings(status.settings());
            int port = status.peerPort().port();
            return given.get(Settings.PEER_PORT) == 0 && port != 0 ? given.with(Settings.PEER_PORT, port) : given;
        }
    }

    /** Without {@code --state}, a user without an agent of his own may use the system's, where he is allowed to. */
    private List<Path> folders() {
        Path own = invocation.state();
        boolean chosen = invocation.options().state().isPresent()
                || invocation.surroundings().variable("BYWAY_STATE").isPresent();
        Path system = StateFolder.ofSystem(invocation.surroundings());
        return chosen || own.equals(system) ? List.of(own) : List.of(own, system);
    }

    private Optional<OpenAgent> running(Path folder) {
        return switch (ApiClient.find(folder)) {
            case FoundAgent.Running(ApiClient client) -> answering(client);
            case FoundAgent.NoAgent() -> Optional.empty();
            case FoundAgent.Stale ignored -> Optional.empty();
            case FoundAgent.NotReadable(String ignored, String message) -> {
                if (folder.equals(invocation.state())) {
                    throw CommandException.failed("NOT_READABLE", message);
                }
                yield Optional.empty();
            }
        };
    }

    private static Optional<OpenAgent> answering(ApiClient client) {
        try {
            client.status();
            return Optional.of(new OpenAgent(client, false, () -> {}, client::close));
        } catch (ApiException e) {
            client.close();
            if (AgentDoor.isGone(e)) {
                return Optional.empty();
            }
            throw CommandException.notReachable("the agent does not do what it should: " + e.getMessage());
        }
    }

    @Override
    public OpenAgent runningOrOwn() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<OpenAgent> running = running();
            if (running.isPresent()) {
                warnOfUnusedSettings();
                return running.get();
            }
            try {
                EffectiveSettings settings = invocation.settings();
                OwnAgent own = OwnAgent.start(invocation, settings);
                return new OpenAgent(own.agent(), true, own.agent()::awaitReaders, own::close);
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.FOLDER_IN_USE || System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    @Override
    public DirectDownloads withoutCache() {
        return Agent.withoutCache(new AgentConfig(
                invocation.state(),
                invocation.settings(),
                invocation.surroundings().variables(),
                Version.text()));
    }

    private void warnOfUnusedSettings() {
        if (!invocation.options().assignments().isEmpty()) {
            invocation.console().warn("an agent runs already, and its own settings count: --set changes nothing here");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted while waiting for the state folder");
        }
    }

    @Override
    public OpenAgent required() {
        return running()
                .orElseThrow(() -> CommandException.notReachable("no agent runs for the state folder "
                        + invocation.state() + ": start one with byway agent, or name its folder with --state"));
    }
}
