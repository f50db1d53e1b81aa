package dev.byway.cli.demo;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.Table;
import dev.byway.cli.local.Report;
import dev.byway.cli.terminal.Words;
import dev.byway.core.account.SourceBytes;
import dev.byway.core.unit.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the demo showed.
 *
 * @param bytes of the file
 * @param originBytes that the origin sent, counted there
 * @param uplink the most that it could send
 * @param seconds from the start of all downloads to the end of the last
 */
record DemoResult(long bytes, long originBytes, Optional<Rate> uplink, double seconds, List<Device> devices) {
    /** One device. */
    record Device(String name, Report report) {}

    DemoResult {
        devices = List.copyOf(devices);
    }

    /** Whether every device has the whole file. */
    boolean isComplete() {
        return devices.stream()
                .allMatch(device -> device.report().failure().isEmpty()
                        && device.report().bytes() + device.report().held() == bytes);
    }

    /** The object that scripts read; its fields are an API. */
    ObjectNode toJson() {
        ObjectNode node = Json.object();
        node.put("bytes", bytes).put("originBytes", originBytes).put("seconds", rounded(seconds));
        node.set("devices", Json.array(devices, (one, device) -> {
            Report report = device.report();
            one.put("name", device.name()).put("bytes", report.bytes()).put("seconds", rounded(report.seconds()));
            Report.putSources(one.putObject("sources"), report.sources());
            one.put("wasted", report.wasted());
            report.failure().ifPresent(failure -> one.put("error", failure.message()));
        }));
        return node;
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    /** The table for people. */
    void print(Console console) {
        Table table = new Table().row("DEVICE", "FROM THE ORIGIN", "FROM NEIGHBOURS", "WASTED", "TIME");
        for (Device device : devices) {
            SourceBytes sources = device.report().sources();
            table.row(
                    device.name(),
                    Words.size(sources.origin()),
                    Words.size(sources.fromPeers()),
                    Words.size(device.report().wasted()),
                    time(device.report().seconds()));
        }
        table.print(console);
        console.out().println();
        console.out()
                .printf(
                        Locale.ROOT,
                        "The origin sent %s for %s of %s: %.2f times the file, not %d.%n",
                        Words.size(originBytes),
                        Words.count(devices.size(), "copy", "copies"),
                        Words.size(bytes),
                        bytes == 0 ? 0 : (double) originBytes / bytes,
                        devices.size());
        console.out()
                .println("All done in " + time(seconds) + "."
                        + uplink.map(rate -> " " + lineAlone(rate)).orElse(""));
    }

    private String lineAlone(Rate rate) {
        return "The line alone needs " + Words.time(rate.timeFor(bytes)) + " for one copy, "
                + Words.time(rate.timeFor(bytes * devices.size())) + " for " + devices.size() + ".";
    }

    private static String time(double seconds) {
        return Words.time(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
