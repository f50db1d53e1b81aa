package dev.byway.cli.get;

import dev.byway.agent.download.DirectDownloads;
import dev.byway.agent.job.LocalAgent;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.OpenAgent;
import dev.byway.core.policy.EffectiveSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Leads to one agent after the other; the last one stays. */
final class ScriptedDoor implements AgentDoor {
    final Deque<LocalAgent> agents = new ArrayDeque<>();

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
}
