package dev.byway.sim.command;

import dev.byway.sim.fleet.Result;
import dev.byway.sim.time.InvariantBroken;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code byway sim SCENARIO}: runs the rules of sharing in virtual time and shows what came of it. */
@Command(
        name = "byway sim",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs a fleet in virtual time: the real rules, with devices, lines and faults made from a seed.",
        footer = {
            "",
            "Without a scenario it lists them. The same seed gives the same run.",
            "",
            "Examples:",
            "  byway sim flash-crowd",
            "  byway sim mixed-speeds --devices 32 --seed 7 --plot who-got-what.svg",
            "  byway sim fleet --devices 100000"
        })
final class SimCommand implements Callable<Integer> {
    private static final int MOST_DEVICES = 1_000_000;
    private static final int MOST_MEGABYTES = 1 << 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "one of those listed without it")
    private @Nullable String scenario;

    @Option(names = "--devices", paramLabel = "N", description = "devices; the scenario's own number if not given")
    private @Nullable Integer devices;

    @Option(
            names = "--megabytes",
            paramLabel = "N",
            description = "length of the content; the scenario's own if not given")
    private @Nullable Integer megabytes;

    @Option(names = "--seed", paramLabel = "S", description = "what all chance comes from (${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--json", description = "prints JSON")
    private boolean json;

    @Option(names = "--plot", paramLabel = "FILE", description = "draws who got which bytes from whom, as SVG")
    private @Nullable Path plot;

    @Option(names = "--trace", description = "prints everything that every device decided")
    private boolean trace;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (scenario == null) {
            for (Ready ready : Ready.values()) {
                out.println(String.format(Locale.ROOT, "%-16s %s", ready.word(), ready.says()));
            }
            out.flush();
            return 0;
        }
        Replay replay = replay(scenario);
        boolean traced = trace || plot != null;
        if (traced && replay.devices() > Replay.MOST_TRACED) {
            throw wrong("--trace and --plot keep everything that happens: at most " + Replay.MOST_TRACED
                    + " devices, not " + replay.devices());
        }
        try {
            show(replay, traced, out);
            return 0;
        } catch (InvariantBroken broken) {
            spec.commandLine().getErr().println(broken.getMessage());
            return 1;
        }
    }

    private void show(Replay replay, boolean traced, PrintWriter out) {
        Effort.Begun effort = Effort.begin();
        Result result = replay.run(traced);
        Report report = new Report(replay, result, effort.end(result));
        if (trace) {
            Replay.lines(result.traces()).forEach(out::println);
        }
        out.print(json ? report.json() : report.text());
        Optional.ofNullable(plot).ifPresent(file -> write(file, Picture.of(replay, result)));
        out.flush();
    }

    private void write(Path file, String picture) {
        try {
            Files.writeString(file, picture);
        } catch (IOException e) {
            throw wrong("--plot: cannot write " + file + ": " + e.getMessage());
        }
    }

    private Replay replay(String word) {
        Ready ready = Arrays.stream(Ready.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> wrong("there is no scenario '" + word + "'; there are "
                        + Arrays.stream(Ready.values()).map(Ready::word).collect(Collectors.joining(", "))));
        int count = devices == null ? ready.devices() : devices;
        if (ready != Ready.RANDOM && (count < 2 || count > MOST_DEVICES)) {
            throw wrong("--devices is a number from 2 to " + MOST_DEVICES + ", not " + count);
        }
        int length = megabytes == null ? 0 : megabytes;
        if (length < 0 || length > MOST_MEGABYTES) {
            throw wrong("--megabytes is a number from 1 to " + MOST_MEGABYTES + ", not " + length);
        }
        return new Replay(ready, count, length, seed);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
