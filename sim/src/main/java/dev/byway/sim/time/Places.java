package dev.byway.sim.time;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Places that are simulated at once, on as many cores as there are, with the same result on any number of them.
 *
 * <p>Nothing reaches another place sooner than {@code apart} after it was sent. So all places can go through a stretch of that
 * length without knowing of each other; at its end they exchange what they sent, in the order of places. Chandy and Misra,
 * "Distributed simulation", 1979, in its simplest form.
 */
public final class Places {
    /** A single place waits for no other, but somebody may want to look whether all is over. */
    private static final Duration ALONE = Duration.ofMillis(100);

    private final List<Agenda> all;
    private final Duration apart;

    /** @param apart the least time from one place to another; more than nothing where there are several */
    public Places(List<Agenda> all, Duration apart) {
        if (all.size() > 1 && !apart.isPositive()) {
            throw new IllegalArgumentException("several places must lie apart, or they cannot run at once");
        }
        this.all = List.copyOf(all);
        this.apart = all.size() > 1 ? apart : ALONE;
    }

    /** Runs everything before {@code end} while {@code wanted}, which is asked between stretches. */
    public void run(Moment end, BooleanSupplier wanted) {
        deliver();
        for (Moment next = next(); next.isBefore(end) && wanted.getAsBoolean(); next = next()) {
            Moment last = Moment.min(end, next.plus(apart)).plusNanos(-1);
            all.parallelStream().forEach(place -> {
                while (place.step(last)) {}
            });
            deliver();
        }
    }

    private void deliver() {
        all.forEach(Agenda::deliver);
    }

    private Moment next() {
        Moment next = new Moment(Long.MAX_VALUE);
        for (Agenda place : all) {
            next = Moment.min(next, place.next());
        }
        return next;
    }

    /** Things done so far in all places. */
    public long done() {
        return all.stream().mapToLong(Agenda::done).sum();
    }
}
