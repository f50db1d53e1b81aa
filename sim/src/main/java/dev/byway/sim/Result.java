package dev.byway.sim;

import dev.byway.core.swarm.SourceReport;
import dev.byway.core.unit.Moment;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What came of a run.
 *
 * @param originBytes bytes that left the origin
 * @param lineBytes bytes that came in by each office's line, wanted or not
 * @param events things that happened
 */
public record Result(
        Scenario scenario, long seed, long originBytes, List<Long> lineBytes, List<DeviceResult> devices, long events) {
    /**
     * What came of one honest device.
     *
     * @param seconds from its start to its last piece, if it got there
     * @param failed why it gave up, or empty text
     */
    public record DeviceResult(
            int index, OptionalDouble seconds, String failed, List<SourceReport> sources, List<String> story) {}

    static DeviceResult of(SimDevice device, SimContent content) {
        OptionalDouble seconds = device.doneAt
                .map(Result::seconds)
                .map(done -> OptionalDouble.of(done - seconds(device.startedAt)))
                .orElse(OptionalDouble.empty());
        List<SourceReport> sources = device.isUp() ? device.download().report() : List.of();
        long sum = sources.stream().mapToLong(SourceReport::verified).sum();
        if (sum > content.layout().length()) {
            throw new InvariantBroken("device " + device.index + " counts more bytes than the content has: " + sum);
        }
        return new DeviceResult(device.index, seconds, device.failed.orElse(""), sources, List.copyOf(device.story));
    }

    private static double seconds(Moment moment) {
        return moment.nanos() / 1e9;
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
        return devices.stream().filter(d -> d.seconds().isPresent()).count();
    }

    /** Seconds that the slowest finished device took. */
    public double last() {
        return devices.stream().flatMapToDouble(d -> d.seconds().stream()).max().orElse(Double.NaN);
    }

    /** The slowest finished device, over the time that the file needs on the line. */
    public double lastOverIdeal() {
        return last() / scenario.idealSeconds();
    }

    /** The median device, over the time that the file needs on the line. */
    public double medianOverIdeal() {
        List<Double> all = devices.stream()
                .flatMap(d -> d.seconds().stream().boxed())
                .sorted(Comparator.naturalOrder())
                .toList();
        return all.isEmpty() ? Double.NaN : all.get(all.size() / 2) / scenario.idealSeconds();
    }

    /** One line for people. */
    @Override
    public String toString() {
        return "seed %d: %d of %d devices done, %.3f copies from outside, at most %.2f by one line, median %.2f, last %.2f x ideal (%.1f s), %d events"
                .formatted(
                        seed,
                        done(),
                        devices.size(),
                        copies(),
                        mostCopiesOnALine(),
                        medianOverIdeal(),
                        lastOverIdeal(),
                        scenario.idealSeconds(),
                        events);
    }
}
