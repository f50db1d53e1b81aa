package dev.byway.e2e.bench;

import java.util.List;
import java.util.Locale;

/**
 * The straight line through measurements that were taken at equal distances, by least squares.
 *
 * @param mean of the measurements
 * @param perStep how much it rises from one measurement to the next
 * @param error of that, one standard error
 * @param steps from the first measurement to the last
 */
record Trend(double mean, double perStep, double error, int steps) {
    /** A line that rises less than this part of the mean, from end to end, counts as flat. */
    private static final double FLAT = 0.05;

    /** Two standard errors: what chance does in one of twenty runs. */
    private static final double SURE = 2;

    /** Of three measurements or more. */
    static Trend of(List<Double> values) {
        int count = values.size();
        if (count < 3) {
            throw new IllegalArgumentException("a line through " + count + " points says nothing");
        }
        double middle = (count - 1) / 2.0;
        double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
        double squares = 0;
        double products = 0;
        for (int i = 0; i < count; i++) {
            squares += (i - middle) * (i - middle);
            products += (i - middle) * (values.get(i) - mean);
        }
        double slope = products / squares;
        double rest = 0;
        for (int i = 0; i < count; i++) {
            double off = values.get(i) - mean - slope * (i - middle);
            rest += off * off;
        }
        return new Trend(mean, slope, Math.sqrt(rest / (count - 2) / squares), count - 1);
    }

    /** Whether it rises, more than by chance and by a part of the mean that matters. */
    boolean rises() {
        return perStep > SURE * error && perStep * steps > FLAT * mean;
    }

    /** {@code mean 101.2, +0.02 ± 0.05 a step: flat}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "mean %.1f, %+.3f ± %.3f a step: %s", mean, perStep, error, rises() ? "RISES" : "flat");
    }
}
