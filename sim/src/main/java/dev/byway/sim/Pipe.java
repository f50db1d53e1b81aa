package dev.byway.sim;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/** One direction of a cable: a fixed rate, shared fairly between the flows that have something to send. */
public final class Pipe {
    private final Agenda agenda;
    private final double bytesPerNano;
    private final Map<Object, ArrayDeque<Chunk>> flows = new LinkedHashMap<>();
    private boolean busy;
    private long bytes;

    private record Chunk(int size, Runnable delivered) {}

    /** A pipe of {@code megabits} per second. */
    public Pipe(Agenda agenda, double megabits) {
        this.agenda = agenda;
        this.bytesPerNano = megabits * 1e6 / 8 / 1e9;
    }

    /** Sends a chunk of a flow; {@code delivered} runs when its last byte has passed. */
    public void send(Object flow, int size, Runnable delivered) {
        flows.computeIfAbsent(flow, f -> new ArrayDeque<>()).add(new Chunk(size, delivered));
        if (!busy) {
            next();
        }
    }

    private void next() {
        var first = flows.entrySet().iterator();
        if (!first.hasNext()) {
            busy = false;
            return;
        }
        busy = true;
        var flow = first.next();
        Chunk chunk = flow.getValue().remove();
        first.remove();
        if (!flow.getValue().isEmpty()) {
            flows.put(flow.getKey(), flow.getValue());
        }
        agenda.inNanos((long) (chunk.size() / bytesPerNano), () -> {
            bytes += chunk.size();
            chunk.delivered().run();
            next();
        });
    }

    /** Bytes that have passed. */
    public long bytes() {
        return bytes;
    }
}
