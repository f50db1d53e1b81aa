package dev.byway.e2e.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measurements of one kind; the median counts, because a shared machine has outliers in one direction only. */
final class Series {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** {@code median 2.21 (2.20 to 2.80, 5 runs)}. */
    @Override
    public String toString() {
        List<Double> sorted = values.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "median %.3f (%.3f to %.3f, %d runs)",
                median(),
                sorted.getFirst(),
                sorted.getLast(),
                values.size());
    }
}
