package dev.byway.e2e.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Byway beside curl, aria2, libtorrent and Transmission: same file, same links, same origin, one after the other.
 *
 * <pre>
 * byway.bench.scenarios   names, with commas; all
 * byway.bench.programs    beginnings of names, with commas, such as Byway API,libtorrent; all
 * byway.bench.megabytes   size of the file in place of each scenario's own, not for small
 * byway.bench.rounds      of pair, second and small in place of their own
 * byway.bench.warm        MiB of another file that Byway fetches beforehand; 64
 * byway.bench.patience    a round is given up after so many seconds and…; 60
 * byway.bench.times       …so many times the ideal; 10
 * byway.docs.write        true: tables go into docs/benchmarks.md
 * </pre>
 */
@Tag("netns")
class RivalsBench {
    private static final long MIB = 1L << 20;

    @TempDir
    Path home;

    @Test
    void besideTheRivals() {
        Scenarios scenarios = new Scenarios(
                Integer.getInteger("byway.bench.megabytes", 0), Integer.getInteger("byway.bench.rounds", 0));
        List<Scenario> chosen = scenarios.named(words("byway.bench.scenarios"));
        for (String name : chosen.stream().map(Scenario::name).distinct().toList()) {
            List<String> lines = new ArrayList<>();
            for (Scenario scenario : chosen) {
                if (scenario.name().equals(name)) {
                    lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
                    lines.addAll(measured(scenario));
                }
            }
            if (Boolean.getBoolean("byway.docs.write")) {
                new MarkedPage(Path.of(System.getProperty("byway.root", ".."), "docs", "benchmarks.md"))
                        .write("measured: " + name, lines);
            }
        }
    }

    private List<String> measured(Scenario scenario) {
        List<Outcome> outcomes = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Contender contender : contenders()) {
            Optional<String> missing = contender.missing();
            if (missing.isPresent()) {
                skipped.add(contender.name() + ": " + missing.get());
                System.out.println("bench: " + contender.name() + ": skipped: " + missing.get());
                continue;
            }
            Path folder = home.resolve(scenario.name() + "-" + outcomes.size());
            Outcome outcome =
                    Trial.run(scenario, contender, limits(), Long.getLong("byway.bench.warm", 64) * MIB, folder);
            outcomes.add(outcome);
            System.out.println("bench: " + scenario.name() + ": " + outcome.name() + ": " + outcome.inWords());
            Trial.forget(folder);
        }
        List<String> lines = Report.markdown(scenario, outcomes, skipped);
        lines.forEach(line -> System.out.println("bench: " + line));
        return lines;
    }

    private static Scenario.Limits limits() {
        return new Scenario.Limits(
                Duration.ofSeconds(Long.getLong("byway.bench.patience", 60)), Long.getLong("byway.bench.times", 10));
    }

    /** Each for one run. */
    private static List<Contender> contenders() {
        Set<String> beginnings = words("byway.bench.programs");
        return List.<Contender>of(
                        new Byway(Byway.Way.COMMAND),
                        new Byway(Byway.Way.DOOR),
                        new Byway(Byway.Way.STORE),
                        new Curl(),
                        new Aria2(),
                        new Libtorrent(Libtorrent.Tuning.DEFAULTS),
                        new Libtorrent(Libtorrent.Tuning.TUNED),
                        new Transmission())
                .stream()
                .filter(contender -> beginnings.isEmpty() || beginnings.stream().anyMatch(contender.name()::startsWith))
                .toList();
    }

    private static Set<String> words(String property) {
        return Arrays.stream(System.getProperty(property, "").split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
