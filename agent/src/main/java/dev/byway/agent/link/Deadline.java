package dev.byway.agent.link;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * Closes a socket when a time is over, which is the only thing that ends every blocking call on it: a read's time-out starts
 * anew with each byte that a slow peer drips, and writes have none. {@link #close} calls it off.
 */
final class Deadline implements AutoCloseable {
    private final Thread timer;
    private volatile boolean passed;

    private Deadline(Closeable target, Duration after) {
        timer = Thread.ofVirtual().name("byway-deadline").unstarted(() -> run(target, after));
    }

    static Deadline closing(Closeable target, Duration after) {
        Deadline deadline = new Deadline(target, after);
        deadline.timer.start();
        return deadline;
    }

    private void run(Closeable target, Duration after) {
        try {
            Thread.sleep(after);
            passed = true;
            target.close();
        } catch (InterruptedException | IOException e) {
            // Called off, or closed already.
        }
    }

    /** Whether it closed the target. */
    boolean passed() {
        return passed;
    }

    @Override
    public void close() {
        timer.interrupt();
    }
}
