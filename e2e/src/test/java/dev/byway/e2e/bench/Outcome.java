package dev.byway.e2e.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one program did in one scenario.
 *
 * @param name of the program
 * @param seconds of each download that ended in time
 * @param ratios the same over the physical ideal; empty where there is none
 * @param copies body bytes that the origin sent for the rounds that count, in files per round
 * @param cpuPerGb processor seconds of its programs and the origin for each GB (1,073,741,824 bytes) delivered
 * @param peakBytes resident, of the programs of the device with most
 * @param busy share of the machine's processors that was busy
 * @param bound whether that was too much for a result to say anything of the network
 * @param trouble what went wrong, for its row
 */
record Outcome(
        String name,
        List<Double> seconds,
        List<Double> ratios,
        double copies,
        double cpuPerGb,
        long peakBytes,
        double busy,
        boolean bound,
        Optional<String> trouble) {
    private static final int MOST = 200;

    static Outcome failed(String name, String trouble) {
        String start = trouble.length() > MOST ? trouble.substring(0, MOST) + "…" : trouble;
        return new Outcome(name, List.of(), List.of(), 0, 0, 0, 0, false, Optional.of(start));
    }

    /** Whether there is anything measured. */
    boolean ran() {
        return busy > 0;
    }

    /** Whether all had the file in time. */
    boolean inTime() {
        return trouble.isEmpty() && !seconds.isEmpty();
    }

    /** What there is to say before the table is complete. */
    String inWords() {
        List<String> times = seconds.stream()
                .map(each -> String.format(Locale.ROOT, "%.3f", each))
                .toList();
        return trouble.map(what -> what + "; ").orElse("") + "seconds " + times;
    }
}
