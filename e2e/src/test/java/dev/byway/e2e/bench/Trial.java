package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.Office;
import dev.byway.e2e.Processors;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.LabException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** One program in one scenario, in an office of its own that is gone afterwards. For one thread. */
final class Trial implements AutoCloseable {
    private static final long MOST_PAGES = 4L << 30;
    private static final double GB = 1L << 30;
    private static final Duration PREPARING = Duration.ofMinutes(4);

    private final Scenario scenario;
    private final Contender contender;
    private final Scenario.Limits limits;
    private final Office office;
    private final List<Device> holders = new ArrayList<>();
    private final List<Device> takers = new ArrayList<>();
    private final LabProcesses processes;

    private final List<Wanted> counted = new ArrayList<>();
    private long sentBefore;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private double cpuSeconds;
    private Processors work = new Processors(0, 0);
    private int late;

    private Trial(Scenario scenario, Contender contender, Scenario.Limits limits, Office office) {
        this.scenario = scenario;
        this.contender = contender;
        this.limits = limits;
        this.office = office;
        if (contender.shares()) {
            for (int i = 0; i < scenario.holders(); i++) {
                holders.add(device(scenario.takers().getFirst()));
            }
        }
        scenario.takers().forEach(taker -> takers.add(device(taker)));
        List<Host> measured = new ArrayList<>(hosts());
        measured.add(office.lab().origin());
        measured.addAll(contender.services(office));
        this.processes = new LabProcesses(measured);
    }

    /**
     * Runs it.
     *
     * @param folder for all that is written, not there yet
     * @param warm bytes of one file that is fetched beforehand by programs that are faster after work
     */
    static Outcome run(Scenario scenario, Contender contender, Scenario.Limits limits, long warm, Path folder) {
        try (Trial trial = new Trial(
                scenario, contender, limits, Office.open(Files.createDirectories(folder), scenario.speed()))) {
            return trial.run(warm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FailedFetchException | LabException | AssertionError e) {
            return Outcome.failed(contender.name(), String.valueOf(e.getMessage()));
        }
    }

    /** Removes what a run wrote. */
    static void forget(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Device device(Scenario.Taker taker) {
        Device device = office.deviceAt(taker.mbit());
        try {
            Files.createDirectories(Wanted.folder(device));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return device;
    }

    private Outcome run(long warm) {
        List<Device> devices = new ArrayList<>(holders);
        devices.addAll(takers);
        contender.prepare(office, devices);
        if (contender.warms()) {
            rehearse("warm-up.bin", warm);
        }
        for (int i = 1; i <= scenario.rehearsals(); i++) {
            rehearse("rehearsal-" + i + ".bin", scenario.length());
        }
        for (int i = 1; i <= scenario.rounds() && late == 0; i++) {
            measure("file-" + i + ".bin");
        }
        hosts().forEach(Host::killAll);
        office.origin().finish();
        return outcome();
    }

    private void rehearse(String name, long length) {
        Wanted file = offer(name, length);
        for (OptionalDouble each : takers(file).run(PREPARING, _ -> {})) {
            each.orElseThrow(() -> new FailedFetchException("could not fetch " + name + " beforehand"));
        }
    }

    private void measure(String name) {
        Wanted file = offer(name, scenario.length());
        counted.add(file);
        settle();
        sentBefore += office.origin().sent(name);
        double cpuBefore = processes.seconds();
        Processors before = Processors.now();
        Round round = takers(file);
        List<OptionalDouble> results = round.run(scenario.bound(limits), _ -> processes.look());
        Processors after = Processors.now();
        cpuSeconds += processes.seconds() - cpuBefore;
        work = new Processors(work.busy() + after.busy() - before.busy(), work.all() + after.all() - before.all());
        for (int i = 0; i < results.size(); i++) {
            note(scenario.takers().get(i), results.get(i));
        }
        round.check();
    }

    private void note(Scenario.Taker taker, OptionalDouble result) {
        if (result.isEmpty()) {
            late++;
            return;
        }
        seconds.add(result.getAsDouble());
        scenario.ideal(taker).ifPresent(ideal -> ratios.add(result.getAsDouble() / ideal));
    }

    /** Puts a file at the origin, makes it known, and lets the holders have it. */
    private Wanted offer(String name, long length) {
        Wanted file = Wanted.at(office.origin(), name, length);
        contender.offer(office, file);
        Round holding = new Round(contender, file, Contender.From.ORIGIN_AND_PEERS);
        holders.forEach(device -> holding.with(device, Duration.ZERO));
        if (holding.run(PREPARING, _ -> {}).stream().anyMatch(OptionalDouble::isEmpty)) {
            throw new FailedFetchException("the first device could not fetch " + name);
        }
        return file;
    }

    private Round takers(Wanted file) {
        Round round = new Round(contender, file, scenario.from());
        for (int i = 0; i < takers.size(); i++) {
            round.with(takers.get(i), scenario.takers().get(i).after());
        }
        return round;
    }

    /**
     * Lets the disks write what earlier work left, so that nobody pays for another one's; and has the machine's memory ready:
     * a virtual one pays 2 to 5 processor seconds for each GiB that is touched for the first time, whoever touches it.
     */
    private void settle() {
        try {
            new ProcessBuilder("sync").start().waitFor();
            Path pages = Path.of("/dev/shm/byway-bench-pages");
            byte[] some = new byte[1 << 20];
            try (OutputStream out = Files.newOutputStream(pages)) {
                for (long i = Math.min(MOST_PAGES, 3 * scenario.length() * takers.size()); i > 0; i -= some.length) {
                    out.write(some);
                }
            } finally {
                Files.deleteIfExists(pages);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome outcome() {
        long sent = counted.stream()
                        .mapToLong(file -> office.origin().sent(file.name()))
                        .sum()
                - sentBefore;
        double wanted = (double) scenario.length() * counted.size();
        double delivered = (double) scenario.length() * seconds.size() / GB;
        Processors none = new Processors(0, 0);
        Optional<String> trouble = late == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%d of %d did not finish in %d s",
                        late,
                        takers.size(),
                        scenario.bound(limits).toSeconds()));
        return new Outcome(
                contender.name(),
                seconds,
                ratios,
                sent / wanted,
                delivered == 0 ? 0 : cpuSeconds / delivered,
                processes.peakBytes(hosts()),
                work.share(none),
                work.boundSince(none),
                trouble);
    }

    private List<Host> hosts() {
        List<Host> hosts = new ArrayList<>();
        holders.forEach(device -> hosts.add(device.host()));
        takers.forEach(device -> hosts.add(device.host()));
        return hosts;
    }

    @Override
    public void close() {
        office.close();
    }
}
