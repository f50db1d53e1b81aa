package dev.byway.sim.net;

import dev.byway.sim.time.Agenda;

/** One direction of a cable: a fixed rate, and a queue that is served in the order of arrival. */
public final class Pipe {
    private final Agenda agenda;
    private final double bytesPerNano;
    private long freeAt;
    private long bytes;

    /** A pipe of {@code megabits} per second. */
    public Pipe(Agenda agenda, double megabits) {
        this.agenda = agenda;
        this.bytesPerNano = megabits * 1e6 / 8 / 1e9;
    }

    /** Sends some bytes; {@code delivered} runs when the last one has passed. */
    void send(int size, Runnable delivered) {
        long now = agenda.now().nanos();
        freeAt = Math.max(now, freeAt) + (long) (size / bytesPerNano);
        agenda.inNanos(freeAt - now, () -> {
            bytes += size;
            delivered.run();
        });
    }

    /** How long something sent now would wait, in nanoseconds. */
    public long backlogNanos() {
        return Math.max(0, freeAt - agenda.now().nanos());
    }

    /** Bytes that have passed. */
    public long bytes() {
        return bytes;
    }

    double bytesPerNano() {
        return bytesPerNano;
    }

    Agenda agenda() {
        return agenda;
    }
}
