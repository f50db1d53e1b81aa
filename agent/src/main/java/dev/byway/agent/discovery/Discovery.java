package dev.byway.agent.discovery;

/**
 * Looks for neighbours and tells them of this device, from its start until it is closed. It never fails: where it cannot
 * work it waits, tries again and says so in its {@link #state()}.
 */
public interface Discovery extends AutoCloseable {
    /** How it goes now. Any thread. */
    DiscoveryState state();

    /** Says goodbye to the links and stops; returns within about two seconds. Nobody is reported gone. Any thread. */
    @Override
    void close();
}
