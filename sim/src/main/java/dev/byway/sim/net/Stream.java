package dev.byway.sim.net;

import dev.byway.sim.time.Agenda;
import java.util.function.IntConsumer;

/**
 * Bytes on their way along a route, some at a time with a window, as TCP sends them. The sender owns it; what arrives, arrives
 * in the receiver's place.
 */
public final class Stream {
    private static final int WINDOW = 4;

    private final Agenda sender;
    private final Route route;
    private final int grain;
    private final int window;
    private final IntConsumer arrived;
    private final Runnable sent;
    private long left;
    private int inFlight;
    private boolean stopped;

    /**
     * @param arrived told at the far end how many bytes came, in order
     * @param sent told here once when all have arrived; not after {@link #stop()}
     */
    public Stream(Route route, Grain grain, long bytes, IntConsumer arrived, Runnable sent) {
        this.sender = route.pipes().getFirst().agenda();
        this.route = route;
        this.grain = grain.bytes(route.bytesPerNano());
        double onTheWay = 2 * route.betweenNanos() * route.bytesPerNano();
        this.window = WINDOW + (int) (onTheWay / this.grain);
        this.left = bytes;
        this.arrived = arrived;
        this.sent = sent;
    }

    /** Begins. */
    public Stream start() {
        sender.inNanos(route.delayNanos(), this::fill);
        return this;
    }

    /** Sends no more; what is on its way arrives. */
    public void stop() {
        stopped = true;
    }

    private void fill() {
        while (!stopped && left > 0 && inFlight < window) {
            int size = (int) Math.min(grain, left);
            left -= size;
            inFlight++;
            pass(0, size);
        }
    }

    private void pass(int index, int size) {
        Pipe pipe = route.pipes().get(index);
        pipe.send(size, () -> {
            if (index + 1 == route.pipes().size()) {
                arrived.accept(size);
                answer(pipe.agenda());
                return;
            }
            Agenda next = route.pipes().get(index + 1).agenda();
            if (next == pipe.agenda()) {
                pass(index + 1, size);
            } else {
                pipe.agenda().inNanos(next, route.betweenNanos(), () -> pass(index + 1, size));
            }
        });
    }

    private void answer(Agenda receiver) {
        if (receiver == sender) {
            acknowledged();
        } else {
            receiver.inNanos(sender, route.betweenNanos(), this::acknowledged);
        }
    }

    private void acknowledged() {
        inFlight--;
        if (!stopped && left == 0 && inFlight == 0) {
            stopped = true;
            sent.run();
        }
        fill();
    }
}
