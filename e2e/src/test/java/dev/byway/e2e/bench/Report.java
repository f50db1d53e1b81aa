package dev.byway.e2e.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** What a scenario's table says. */
final class Report {
    private static final double MIB = 1L << 20;
    private static final double A_SECOND = 1;

    private Report() {}

    /** A heading, the table, and a line for each program that did not run. */
    static List<String> markdown(Scenario scenario, List<Outcome> outcomes, List<String> skipped) {
        List<String> lines = new ArrayList<>();
        lines.add("`" + scenario.name() + "`: " + scenario.title() + rounds(scenario) + ".");
        lines.add("");
        lines.addAll(table(scenario, outcomes).markdown());
        skipped.forEach(each -> lines.add("\nNot measured: " + each + "."));
        return lines;
    }

    private static String rounds(Scenario scenario) {
        return scenario.rounds() == 1 ? "" : ", " + scenario.rounds() + " times";
    }

    private static Table table(Scenario scenario, List<Outcome> outcomes) {
        boolean shaped = scenario.takers().getFirst().mbit() > 0;
        String unit = shaped ? " ÷ ideal" : "";
        Table table = new Table(
                "program",
                "p50" + unit,
                "p99" + unit,
                "max" + unit,
                shaped ? "last" : "p50 ÷ curl's",
                "origin sent ÷ file",
                "CPU-s/GB",
                "peak memory",
                "CPU busy",
                "");
        for (Outcome each : outcomes) {
            table.row(
                    each.name(),
                    time(each, shaped, Percentiles::median),
                    time(each, shaped, all -> all.at(99)),
                    time(each, shaped, Percentiles::max),
                    shaped ? time(each, false, Percentiles::max) : beside(each, outcomes),
                    each.ran() ? decimal(2, each.copies()) : "–",
                    each.cpuPerGb() == 0 || scenario.length() < MIB ? "–" : decimal(1, each.cpuPerGb()),
                    each.peakBytes() == 0 ? "–" : decimal(0, each.peakBytes() / MIB) + " MiB",
                    each.ran() ? decimal(0, 100 * each.busy()) + " %" + (each.bound() ? ": CPU-bound" : "") : "–",
                    each.trouble().orElse(""));
        }
        return table;
    }

    /** Seconds, or their ratio to the ideal; nothing unless all had it in time. */
    private static String time(Outcome outcome, boolean ratio, ToDoubleFunction<Percentiles> which) {
        List<Double> values = ratio ? outcome.ratios() : outcome.seconds();
        if (values.isEmpty() || !outcome.inTime()) {
            return "–";
        }
        double value = which.applyAsDouble(Percentiles.of(values));
        if (ratio) {
            return decimal(2, value);
        }
        return value < A_SECOND ? decimal(1, 1000 * value) + " ms" : decimal(2, value) + " s";
    }

    private static String beside(Outcome outcome, List<Outcome> all) {
        OptionalDouble curl = all.stream()
                .filter(each -> each.name().equals(new Curl().name()))
                .filter(Outcome::inTime)
                .mapToDouble(each -> Percentiles.of(each.seconds()).median())
                .findFirst();
        if (curl.isEmpty() || !outcome.inTime()) {
            return "–";
        }
        return decimal(2, Percentiles.of(outcome.seconds()).median() / curl.getAsDouble());
    }

    private static String decimal(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
