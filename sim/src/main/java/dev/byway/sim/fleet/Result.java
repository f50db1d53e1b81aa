package dev.byway.sim.fleet;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.swarm.SourceReport;
import dev.byway.sim.time.InvariantBroken;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What came of a run.
 *
 * @param originBytes bytes that left the origin
 * @param requests what the origin and cache hosts were asked for
 * @param lineBytes bytes that came in by each site's line, wanted or not
 * @param events things that happened
 * @param told events that the rules were told of
 * @param traces what happened in each site, if it was kept
 */
public record Result(
        Scenario scenario,
        long seed,
        long originBytes,
        long requests,
        List<Long> lineBytes,
        List<DeviceResult> devices,
        long events,
        long told,
        List<Trace> traces) {
    /**
     * What came of one device that wanted the content.
     *
     * @param group which of the scenario's groups it belongs to
     * @param finishes seconds that each of its downloads took; more than one where devices make place for others
     * @param failed why it gave up, or empty text
     */
    public record DeviceResult(
            int index,
            int group,
            List<Double> finishes,
            String failed,
            List<SourceReport> sources,
            List<String> story) {
        /** Seconds from its start to its last piece, if it got there. */
        public OptionalDouble seconds() {
            return finishes.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(finishes.getLast());
        }
    }

    static Result of(
            Scenario scenario, long seed, SimContent content, List<Site> sites, List<SimDevice> devices, long events) {
        List<DeviceResult> each = devices.stream()
                .filter(device -> device.behaviour.downloads() && !device.group.holds())
                .map(device -> of(device, scenario, content))
                .toList();
        return new Result(
                scenario,
                seed,
                sites.stream().mapToLong(site -> site.origin.bytes()).sum(),
                sites.stream().mapToLong(site -> site.requests).sum(),
                sites.stream().map(site -> site.in.bytes()).toList(),
                each,
                events,
                sites.stream().mapToLong(site -> site.told).sum(),
                sites.stream().map(site -> site.trace).toList());
    }

    private static DeviceResult of(SimDevice device, Scenario scenario, SimContent content) {
        List<SourceReport> sources = device.report();
        long sum = sources.stream().mapToLong(SourceReport::verified).sum();
        if (sum > content.layout().length() && device.group.disk().rot() == 0) {
            throw new InvariantBroken("device " + device.index + " counts more bytes than the content has: " + sum);
        }
        return new DeviceResult(
                device.index,
                scenario.groups().indexOf(device.group),
                device.finishes().stream().map(Result::seconds).toList(),
                device.failed().orElse(""),
                sources,
                List.copyOf(device.story()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Copies of the content that came from outside. */
    public double copies() {
        return originBytes / (double) scenario.bytes();
    }

    /** Copies of the content that came in by the busiest line. */
    public double mostCopiesOnALine() {
        return lineBytes.stream().mapToLong(Long::longValue).max().orElse(0) / (double) scenario.bytes();
    }

    /** Devices that have everything. */
    public long done() {
        return devices.stream().filter(d -> !d.finishes().isEmpty()).count();
    }

    /** Pieces that came to devices in all finished downloads. */
    public long pieces() {
        long each = PieceLayout.of(scenario.bytes()).pieceCount();
        return each * devices.stream().mapToLong(d -> d.finishes().size()).sum();
    }

    /** Seconds of the slowest finished download. */
    public double last() {
        return percentile(1);
    }

    /** The slowest finished download, over the time that the file needs on the line. */
    public double lastOverIdeal() {
        return last() / scenario.idealSeconds();
    }

    /** The median download, over the time that the file needs on the line. */
    public double medianOverIdeal() {
        return percentile(0.5) / scenario.idealSeconds();
    }

    /** Seconds within which this part of the finished downloads took. */
    public double percentile(double part) {
        List<Double> all = devices.stream()
                .flatMap(d -> d.finishes().stream())
                .sorted(Comparator.naturalOrder())
                .toList();
        return all.isEmpty() ? Double.NaN : all.get((int) Math.min(all.size() - 1L, (long) (all.size() * part)));
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "seed %d: %d of %d devices done, %.3f copies from outside in %d requests, at most %.2f by one line, median %.2f, last %.2f x ideal (%.1f s), %d events, %d for the rules",
                seed,
                done(),
                devices.size(),
                copies(),
                requests,
                mostCopiesOnALine(),
                medianOverIdeal(),
                lastOverIdeal(),
                scenario.idealSeconds(),
                events,
                told);
    }
}
