package dev.byway.agent.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream on which nothing was heard for too long, so that its reader wakes up. Has a virtual thread of its own. */
final class SilenceGuard implements AutoCloseable {
    private final InputStream in;
    private final Duration silence;
    private final Thread thread;
    private volatile long heardNanos = System.nanoTime();

    SilenceGuard(InputStream in, Duration silence) {
        this.in = in;
        this.silence = silence;
        this.thread = Thread.ofVirtual().name("fleet-events-guard").start(this::watch);
    }

    void heard() {
        heardNanos = System.nanoTime();
    }

    private void watch() {
        try {
            long left = silence.toNanos();
            while (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
                left = silence.toNanos() - (System.nanoTime() - heardNanos);
            }
            in.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The reader sees the same and says so.
            heard();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
