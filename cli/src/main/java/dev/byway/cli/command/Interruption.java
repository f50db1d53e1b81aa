package dev.byway.cli.command;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs something when the process is told to stop (Ctrl-C, SIGTERM) before it is done by itself. */
public final class Interruption implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread hook;

    /** From now on until {@link #close()}; {@code action} runs once, on a thread of the system's. */
    public Interruption(Runnable action) {
        this.hook = new Thread(
                () -> {
                    if (over.compareAndSet(false, true)) {
                        action.run();
                    }
                },
                "byway-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Returns at once, unless the process is ending: then never. What fails because of that is not worth a word, and the exit
     * code is decided already.
     */
    public static void passUnlessEnding() {
        Thread probe = new Thread(() -> {}, "byway-probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException e) {
            waitForTheEnd();
        }
    }

    private static void waitForTheEnd() {
        try {
            Thread.sleep(Duration.ofMinutes(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** It is done by itself. */
    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending already; the hook finds nothing to do.
                return;
            }
        }
    }
}
