package dev.byway.agent.discovery;

import dev.byway.core.discovery.Neighbour;
import dev.byway.core.discovery.Sighting;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Who is near, as one listener was told; other programs on the machine may be among them. */
final class Sighted implements Consumer<Sighting> {
    private final Map<String, Neighbour> near = new HashMap<>();

    @Override
    public synchronized void accept(Sighting sighting) {
        switch (sighting) {
            case Sighting.Appeared(Neighbour neighbour) -> near.put(neighbour.instance(), neighbour);
            case Sighting.Gone(String instance) -> near.remove(instance);
        }
        notifyAll();
    }

    /** Waits until what is known of an instance fulfils a condition; whether it did in time. */
    synchronized boolean await(String instance, Duration limit, Predicate<Optional<Neighbour>> condition)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.test(Optional.ofNullable(near.get(instance)))) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    synchronized Neighbour get(String instance) {
        return Optional.ofNullable(near.get(instance)).orElseThrow();
    }
}
