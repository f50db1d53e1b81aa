package dev.byway.cli.local;

import dev.byway.agent.job.LocalAgent;

/**
 * An agent that a command may use.
 *
 * @param agent what it offers
 * @param own whether it lives in this process and ends with the command
 * @param readers waits, a bounded time, for other commands that still read from it what is done
 * @param ending lets go of it
 */
public record OpenAgent(LocalAgent agent, boolean own, Runnable readers, Runnable ending) implements AutoCloseable {
    /** Lets go of it when our work is done: an agent of this process first lets others take what it fetched for them, too. */
    public void leave() {
        readers.run();
        close();
    }

    /** Lets go of it; an agent of this process stops, and what is verified is durable. */
    @Override
    public void close() {
        ending.run();
    }
}
