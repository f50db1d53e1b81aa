package dev.byway.cli.local;

import dev.byway.agent.api.ApiException;
import dev.byway.agent.download.DirectDownloads;
import dev.byway.cli.command.CommandException;
import dev.byway.core.policy.EffectiveSettings;
import java.util.Optional;

/** How a command comes to an agent. */
public interface AgentDoor {
    /** The agent that runs for this user, if any. */
    Optional<OpenAgent> running();

    /** The settings that count: those of the agent that runs for this user, else those of this command. */
    EffectiveSettings settings();

    /**
     * The agent that runs for this user; else one in this process, which others may use as long as it lives.
     *
     * @throws CommandException when neither is possible
     */
    OpenAgent runningOrOwn();

    /**
     * The agent that runs for this user.
     *
     * @throws CommandException when there is none, with exit code 3
     */
    OpenAgent required();

    /** What can be done without a cache; to be closed after use. */
    DirectDownloads withoutCache();

    /** Whether {@code trouble} means that the agent, or what it did for us, is no more. */
    static boolean isGone(Throwable trouble) {
        return trouble instanceof ApiException api
                && switch (api.kind()) {
                    case GONE, NOT_FOUND -> true;
                    case REFUSED, NOT_UNDERSTOOD -> false;
                };
    }
}
