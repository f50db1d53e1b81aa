package dev.byway.sim.command;

import dev.byway.sim.fleet.Fleet;
import dev.byway.sim.fleet.Result;
import dev.byway.sim.fleet.Scenario;
import dev.byway.sim.fleet.Trace;
import dev.byway.sim.time.InvariantBroken;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A run that can be repeated by one command.
 *
 * @param devices of the scenario; not used where the seed says
 * @param megabytes length of the content, in 1,048,576 bytes; 0 for the scenario's own
 */
public record Replay(Ready ready, int devices, long megabytes, long seed) {
    /** With more devices, what happens is not kept: there is no room for it. */
    static final int MOST_TRACED = 2000;

    private static final int LAST_LINES = 60;

    /** A scenario as it comes, with another seed. */
    public static Replay of(Ready ready, long seed) {
        return new Replay(ready, ready.devices(), 0, seed);
    }

    /** What is run. */
    public Scenario scenario() {
        Scenario scenario = ready.scenario(devices, seed);
        return megabytes == 0 ? scenario : scenario.withBytes(megabytes << 20);
    }

    /**
     * Runs it.
     *
     * @throws InvariantBroken with the command that repeats it, and the last things that happened before
     */
    public Result run(boolean traced) {
        try {
            return Fleet.run(scenario(), seed, traced);
        } catch (InvariantBroken broken) {
            throw repeatable(broken);
        }
    }

    /** The same, with the command that repeats it and, where there is room to keep them, the last things that happened before. */
    InvariantBroken repeatable(InvariantBroken broken) {
        String before = devices > MOST_TRACED ? "" : lastLines();
        return new InvariantBroken(broken.getMessage() + "\n" + before + "again: " + command());
    }

    private String lastLines() {
        List<String> lines = lines(Fleet.untilItBreaks(scenario(), seed));
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** What happened, a line for each thing, in order of time. */
    static List<String> lines(List<Trace> traces) {
        return traces.stream()
                .flatMap(trace -> trace.lines().stream())
                .sorted(Comparator.comparingLong(Trace.Line::nanos))
                .map(line -> String.format(
                        Locale.ROOT, "%10.6f s  device %d %s", line.nanos() / 1e9, line.device(), line.text()))
                .toList();
    }

    /** The command that repeats it. */
    public String command() {
        String more = ready == Ready.RANDOM ? "" : " --devices " + devices;
        String size = megabytes == 0 ? "" : " --megabytes " + megabytes;
        return "./byway sim " + ready.word() + more + size + " --seed " + seed
                + (devices > MOST_TRACED ? "" : " --trace");
    }
}
