package dev.byway.e2e.bench;

import java.util.Collection;
import java.util.List;

/**
 * Some measurements in order.
 *
 * @param sorted the least first; at least one
 */
record Percentiles(List<Double> sorted) {
    static Percentiles of(Collection<Double> values) {
        return new Percentiles(values.stream().sorted().toList());
    }

    /** The least one that {@code percent} of all do not exceed (nearest rank). */
    double at(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
    }

    double median() {
        return at(50);
    }

    double max() {
        return sorted.getLast();
    }
}
