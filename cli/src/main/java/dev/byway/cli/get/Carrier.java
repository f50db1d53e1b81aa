package dev.byway.cli.get;

import dev.byway.agent.download.DirectDownloads;
import dev.byway.agent.identity.IdentityException;
import dev.byway.agent.store.StoreException;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.OpenAgent;
import dev.byway.core.account.Reason;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The agent that carries a command's downloads: one that runs, or one of our own. When it leaves, the next one who asks finds
 * another one, or becomes one; once the cache cannot be written there is none for the rest of the command. Any thread.
 */
final class Carrier implements AutoCloseable {
    private final AgentDoor door;
    private final Consumer<String> words;
    private Optional<OpenAgent> agent = Optional.empty();
    private volatile Optional<Reason> withoutCache = Optional.empty();

    /** With {@code words} for what the user should hear. */
    Carrier(AgentDoor door, Consumer<String> words) {
        this.door = door;
        this.words = words;
    }

    /**
     * The agent to use now; empty when {@link #withoutCache}.
     *
     * @throws CommandException when no agent can be had, and that is not the cache's fault
     */
    synchronized Optional<OpenAgent> agent() {
        if (withoutCache.isPresent()) {
            return Optional.empty();
        }
        if (agent.isEmpty()) {
            try {
                agent = Optional.of(door.runningOrOwn());
            } catch (StoreException | IdentityException | CommandException e) {
                goWithoutCache(CacheTrouble.of(e).orElseThrow(() -> e));
            }
        }
        return agent;
    }

    /** That agent answers no more. */
    synchronized void lose(OpenAgent gone) {
        if (agent.filter(gone::equals).isPresent()) {
            agent = Optional.empty();
            gone.close();
            words.accept("The agent that carried this download has left; going on without it.");
        }
    }

    /** From now on files come from the origin, without an agent. One that still carries other files is not taken from them. */
    void goWithoutCache(Reason because) {
        withoutCache = Optional.of(because);
    }

    /** Why there is no agent any more. */
    Optional<Reason> withoutCache() {
        return withoutCache;
    }

    /** What a file without an agent is fetched with; to be closed after use. */
    DirectDownloads direct() {
        return door.withoutCache();
    }

    /** Ends an agent of our own at once. */
    synchronized void stop() {
        agent.ifPresent(OpenAgent::close);
        agent = Optional.empty();
    }

    /** Lets go of the agent; one of our own stops when others have taken what it fetched for them, too. */
    @Override
    public synchronized void close() {
        agent.ifPresent(OpenAgent::leave);
        agent = Optional.empty();
    }
}
