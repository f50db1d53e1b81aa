package dev.byway.e2e.bench;

import dev.byway.e2e.lab.Lab;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One measured case: devices that want a file.
 *
 * @param name by which it is chosen; several cases may have one name
 * @param title of its table
 * @param uplinkMbit from the origin into the office, Mbit/s; 0: as fast as it goes
 * @param holders devices that have the file before, on links as fast as the first taker's
 * @param takers who want it
 * @param length of the file, bytes
 * @param from where they may take it
 * @param rehearsals rounds before those that count, each with a file of its own
 * @param rounds that count, each with a file of its own
 */
record Scenario(
        String name,
        String title,
        int uplinkMbit,
        int holders,
        List<Taker> takers,
        long length,
        Contender.From from,
        int rehearsals,
        int rounds) {
    private static final double BITS = 8;
    private static final double MBIT = 1e6;
    private static final int GIGABIT = 1000;

    /**
     * A device that wants the file.
     *
     * @param mbit of its link, each way, Mbit/s; 0: as fast as it goes
     * @param after the first one, when it comes
     */
    record Taker(int mbit, Duration after) {
        /** Devices on the same link that all come at once. */
        static List<Taker> crowd(int devices, int mbit) {
            return Collections.nCopies(devices, new Taker(mbit, Duration.ZERO));
        }
    }

    Lab.Speed speed() {
        return new Lab.Speed(takers.getFirst().mbit(), uplinkMbit);
    }

    /**
     * The least seconds that physics let a taker wait: its own link's time for the file; and while nobody in the office has
     * it, until the uplink has carried it once since the first taker came. Payload over line rate, headers not deducted.
     * Nothing where a link goes as fast as it can.
     */
    OptionalDouble ideal(Taker taker) {
        if (taker.mbit() == 0) {
            return OptionalDouble.empty();
        }
        double link = seconds(taker.mbit());
        if (holders > 0 || uplinkMbit == 0) {
            return OptionalDouble.of(link);
        }
        return OptionalDouble.of(
                Math.max(link, seconds(uplinkMbit) - taker.after().toMillis() / 1e3));
    }

    private double seconds(int mbit) {
        return length * BITS / (mbit * MBIT);
    }

    /** How long a round may take since its first taker came; links as fast as the machine count as 1 Gbit/s here. */
    Duration bound(Limits limits) {
        double slowest = takers.stream()
                .mapToDouble(taker ->
                        ideal(taker).orElse(seconds(GIGABIT)) + taker.after().toMillis() / 1e3)
                .max()
                .orElse(0);
        return limits.least().plusMillis((long) (1e3 * limits.times() * slowest));
    }

    /**
     * When a round is given up: after {@code least} and {@code times} the ideal of its last taker.
     *
     * @param least beside the other
     * @param times the ideal
     */
    record Limits(Duration least, double times) {}
}
