package dev.byway.sim.command;

import dev.byway.core.account.SourceKind;
import dev.byway.core.swarm.SourceReport;
import dev.byway.sim.fleet.Result;
import dev.byway.sim.fleet.Scenario;
import java.util.EnumMap;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What came of a run, for people and for programs. */
final class Report {
    private static final double MB = 1 << 20;
    private static final int WORST = 5;

    private final Replay replay;
    private final Result result;
    private final Effort effort;
    private final Scenario scenario;
    private final Map<SourceKind, Long> bytes = new EnumMap<>(SourceKind.class);

    Report(Replay replay, Result result, Effort effort) {
        this.replay = replay;
        this.result = result;
        this.effort = effort;
        this.scenario = result.scenario();
        for (Result.DeviceResult device : result.devices()) {
            for (SourceReport source : device.sources()) {
                bytes.merge(source.info().kind(), source.verified(), Long::sum);
            }
        }
    }

    private long wasted() {
        return result.devices().stream()
                .flatMap(device -> device.sources().stream())
                .mapToLong(SourceReport::wasted)
                .sum();
    }

    String text() {
        Formatter text = new Formatter(Locale.ROOT);
        text.format(
                "%s, seed %d: %s%n",
                replay.ready().word(), replay.seed(), replay.ready().says());
        text.format(
                "%d of %d devices have it: half within %.1f s, 99 %% within %.1f s, the last after %.1f s%n",
                result.done(), result.devices().size(), result.percentile(0.5), result.percentile(0.99), result.last());
        text.format(
                "the line alone needs %.1f s: %.2f, %.2f and %.2f times that%n",
                scenario.idealSeconds(),
                result.percentile(0.5) / scenario.idealSeconds(),
                result.percentile(0.99) / scenario.idealSeconds(),
                result.lastOverIdeal());
        text.format(
                "the origin sent %.1f MB for %d requests: %.2f copies of %.1f MB; the busiest line took %.2f%n",
                result.originBytes() / MB,
                result.requests(),
                result.copies(),
                scenario.bytes() / MB,
                result.mostCopiesOnALine());
        bytes.forEach((kind, sum) -> text.format("  %10.1f MB proved from %s%n", sum / MB, kind.field()));
        text.format("  %10.1f MB were wasted%n", wasted() / MB);
        List<Result.DeviceResult> failed = result.devices().stream()
                .filter(device -> !device.failed().isEmpty())
                .toList();
        failed.stream()
                .limit(WORST)
                .forEach(device -> text.format("device %d gave up: %s%n", device.index(), device.failed()));
        text.format(
                "%d events, %d for the rules; %.1f s here, %.1f of processors, %.0f events a second, %.0f us a piece, %.0f ms a device, %d MB of heap%n",
                result.events(),
                result.told(),
                effort.seconds(),
                effort.processorSeconds(),
                effort.eventsPerSecond(),
                effort.microsecondsPerPiece(),
                effort.millisecondsPerDevice(),
                effort.megabytes());
        return text.toString();
    }

    String json() {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("scenario", replay.ready().word()).put("seed", replay.seed());
        root.put("devices", scenario.devices()).put("sites", scenario.network().sites());
        root.put("bytes", scenario.bytes()).put("idealSeconds", scenario.idealSeconds());
        root.put("wanted", result.devices().size()).put("done", result.done());
        root.put("p50Seconds", result.percentile(0.5)).put("p99Seconds", result.percentile(0.99));
        root.put("maxSeconds", result.last()).put("originBytes", result.originBytes());
        root.put("requests", result.requests());
        root.put("copies", result.copies()).put("mostCopiesOnALine", result.mostCopiesOnALine());
        ObjectNode from = root.putObject("verifiedBytes");
        bytes.forEach((kind, sum) -> from.put(kind.field(), sum));
        root.put("wastedBytes", wasted());
        root.put("events", result.events()).put("eventsForTheRules", result.told());
        ObjectNode cost = root.putObject("effort");
        cost.put("seconds", effort.seconds()).put("processorSeconds", effort.processorSeconds());
        cost.put("eventsPerSecond", effort.eventsPerSecond());
        cost.put("microsecondsPerPiece", effort.microsecondsPerPiece());
        cost.put("millisecondsPerDevice", effort.millisecondsPerDevice()).put("heapMegabytes", effort.megabytes());
        ArrayNode each = root.putArray("downloads");
        for (Result.DeviceResult device : result.devices()) {
            ObjectNode one = each.addObject().put("device", device.index());
            ArrayNode finishes = one.putArray("seconds");
            device.finishes().forEach(finishes::add);
            if (!device.failed().isEmpty()) {
                one.put("failed", device.failed());
            }
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
