package dev.byway.cli.command;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The end of a program that serves until it is told to stop: on SIGTERM or Ctrl-C it stops cleanly, and that is success (exit
 * code 0). Without this, the Java runtime would end with 143 or 130.
 */
public final class Ending implements AutoCloseable {
    private static final Duration MOST = Duration.ofSeconds(10);

    private final ReentrantLock once = new ReentrantLock();
    private final Thread hook;
    private boolean over;

    /** From now on, {@code stop} runs when the process is told to stop, and the process ends after it. */
    public Ending(Runnable stop) {
        this.hook = new Thread(() -> end(stop), "byway-ending");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(Runnable stop) {
        if (!claim()) {
            return;
        }
        Thread watchdog = Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(MOST);
                Runtime.getRuntime().halt(ExitCode.FAILED.number());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stop.run();
        watchdog.interrupt();
        Runtime.getRuntime().halt(ExitCode.DONE.number());
    }

    private boolean claim() {
        once.lock();
        try {
            boolean first = !over;
            over = true;
            return first;
        } finally {
            once.unlock();
        }
    }

    /** It ends by itself. */
    @Override
    public void close() {
        if (claim()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending already; the hook finds nothing to do.
                return;
            }
        }
    }
}
