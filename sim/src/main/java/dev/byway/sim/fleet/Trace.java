package dev.byway.sim.fleet;

import dev.byway.sim.time.Agenda;
import java.util.ArrayList;
import java.util.List;

/** What happened in one site, for people and for pictures; kept only if somebody wants to look. */
public final class Trace {
    private final Agenda agenda;
    private final boolean kept;
    private final List<Line> lines = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();

    /** What a device did or learned, in words. */
    public record Line(long nanos, int device, String text) {}

    /**
     * Bytes that arrived.
     *
     * @param from a device, or one of {@link #ORIGIN} and {@link #CACHE}
     */
    public record Delivery(long nanos, int device, int from, long bytes, boolean near) {}

    /** The origin, as the giver of bytes. */
    public static final int ORIGIN = -1;
    /** The cache host of the site, as the giver of bytes. */
    public static final int CACHE = -2;

    Trace(Agenda agenda, boolean kept) {
        this.agenda = agenda;
        this.kept = kept;
    }

    boolean isKept() {
        return kept;
    }

    void line(int device, String text) {
        if (kept) {
            lines.add(new Line(agenda.now().nanos(), device, text));
        }
    }

    void delivery(int device, int from, long bytes, boolean near) {
        if (kept) {
            deliveries.add(new Delivery(agenda.now().nanos(), device, from, bytes, near));
        }
    }

    /** In the order in which they happened. */
    public List<Line> lines() {
        return lines;
    }

    /** In the order in which they arrived. */
    public List<Delivery> deliveries() {
        return deliveries;
    }
}
