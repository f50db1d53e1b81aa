package dev.byway.agent.loop;

import dev.byway.core.unit.Moment;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One virtual thread that owns a state: messages run on it one after the other, in the order of sending. It ends when it is
 * closed; messages sent later are dropped. {@link #execute} and {@link #close} may be called by any thread, the rest by the
 * loop itself.
 */
public final class Loop implements Executor, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());

    private final LinkedBlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private Moment wakeAt = new Moment(Long.MAX_VALUE);
    private Runnable wake = () -> {};

    /** A loop that begins at once. */
    public Loop(String name) {
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /** The monotonic clock of all loops. */
    public static Moment now() {
        return new Moment(System.nanoTime());
    }

    /** Sends a message. */
    @Override
    public void execute(Runnable message) {
        if (!closed) {
            messages.add(message);
        }
    }

    /** Runs {@code action} at a moment unless another call replaces it first. */
    public void wakeAt(Moment moment, Runnable action) {
        wakeAt = moment;
        wake = action;
    }

    private void run() {
        while (!closed) {
            try {
                Runnable message = next();
                message.run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a defect in the loop " + thread.getName(), e);
            }
        }
    }

    private Runnable next() throws InterruptedException {
        while (true) {
            long wait = wakeAt.nanos() == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, wakeAt.nanos() - now().nanos());
            Runnable message = messages.poll(wait, TimeUnit.NANOSECONDS);
            if (message != null) {
                return message;
            }
            if (!wakeAt.isAfter(now())) {
                wakeAt = new Moment(Long.MAX_VALUE);
                return wake;
            }
        }
    }

    /** Ends the loop after the message that it is at; returns at once. */
    @Override
    public void close() {
        closed = true;
        messages.add(() -> {});
    }
}
