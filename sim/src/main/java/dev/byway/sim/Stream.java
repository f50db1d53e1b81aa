package dev.byway.sim;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * Bytes on their way along some pipes, chunk by chunk with a window, as TCP sends them. Stops when told to, or when the
 * receiver says so by {@link #stop()}.
 */
final class Stream {
    private static final int WINDOW = 4;

    private final Agenda agenda;
    private final List<Pipe> path;
    private final long latencyNanos;
    private final int chunk;
    private final LongConsumer arrived;
    private final Runnable finished;
    private long left;
    private int inFlight;
    private boolean stopped;

    /**
     * @param arrived told the size of each chunk at the far end
     * @param finished told once when all has arrived; not after {@link #stop()}
     */
    Stream(
            Agenda agenda,
            List<Pipe> path,
            long latencyNanos,
            long bytes,
            int chunk,
            LongConsumer arrived,
            Runnable finished) {
        this.agenda = agenda;
        this.path = path;
        this.latencyNanos = latencyNanos;
        this.left = bytes;
        this.chunk = chunk;
        this.arrived = arrived;
        this.finished = finished;
    }

    Stream start() {
        agenda.inNanos(latencyNanos, this::fill);
        return this;
    }

    void stop() {
        stopped = true;
    }

    private void fill() {
        while (!stopped && left > 0 && inFlight < WINDOW) {
            int size = (int) Math.min(chunk, left);
            left -= size;
            inFlight++;
            hop(0, size);
        }
    }

    private void hop(int index, int size) {
        path.get(index).send(this, size, () -> {
            if (index + 1 < path.size()) {
                hop(index + 1, size);
            } else {
                inFlight--;
                if (!stopped) {
                    arrived.accept(size);
                }
                if (!stopped && left == 0 && inFlight == 0) {
                    stopped = true;
                    finished.run();
                }
                fill();
            }
        });
    }
}
