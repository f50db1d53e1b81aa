package dev.byway.origin;

import java.time.Duration;

/** Does something when a time has passed, unless closed before. */
final class Deadline implements AutoCloseable {
    private final Thread timer;
    private volatile boolean passed;

    private Deadline(Duration time, Runnable then) {
        this.timer = Thread.ofVirtual().name("origin-deadline").start(() -> {
            try {
                Thread.sleep(time);
                passed = true;
                then.run();
            } catch (InterruptedException _) {
                // closed in time
            }
        });
    }

    static Deadline after(Duration time, Runnable then) {
        return new Deadline(time, then);
    }

    /** Whether the time passed before this was closed. */
    boolean passed() {
        return passed;
    }

    @Override
    public void close() {
        timer.interrupt();
    }
}
