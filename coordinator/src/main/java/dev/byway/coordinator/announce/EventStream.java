package dev.byway.coordinator.announce;

import dev.byway.core.fleet.FleetEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Events on their way to one device. Any thread may add; one thread, the one that holds the device's connection, takes. A
 * device that does not read fast enough loses its stream, not its events one by one: it connects and announces afresh.
 */
public final class EventStream {
    /** Events that wait for one device. */
    static final int CAPACITY = 256;

    private final BlockingQueue<FleetEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
    private volatile boolean closed;

    /** False when the stream is closed, as it then is if it was full. */
    boolean add(FleetEvent event) {
        if (closed || !queue.offer(event)) {
            close();
            return false;
        }
        return true;
    }

    /** Ends the stream; what waits is dropped. */
    void close() {
        closed = true;
        queue.clear();
        queue.add(new FleetEvent.Heartbeat());
    }

    /**
     * The next event, or a heartbeat when there is none for {@code silence}; empty at the end of the stream.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public Optional<FleetEvent> next(Duration silence) throws InterruptedException {
        Optional<FleetEvent> event = Optional.ofNullable(queue.poll(silence.toMillis(), TimeUnit.MILLISECONDS));
        return closed ? Optional.empty() : event.or(() -> Optional.of(new FleetEvent.Heartbeat()));
    }
}
