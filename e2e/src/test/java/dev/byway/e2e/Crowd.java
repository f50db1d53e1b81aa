package dev.byway.e2e;

import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Devices that all wanted one file at once, and have it.
 *
 * @param devices how many
 * @param copies what the origin's server handed to its network, in files
 * @param requests to the origin
 * @param last seconds until the last device had it
 * @param ideal seconds that the file needs on the office's uplink
 * @param wasted bytes that came in vain, all devices together
 */
public record Crowd(int devices, double copies, long requests, double last, double ideal, long wasted) {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Lets all devices, whose agents run, fetch the file at once. */
    public static Crowd fetch(Office office, Lab.Speed speed, PublishedFile file, List<Device> devices)
            throws IOException {
        List<Running> gets = devices.stream().map(device -> device.get(file)).toList();
        List<Fetched> all = new ArrayList<>();
        for (int i = 0; i < gets.size(); i++) {
            all.add(Fetched.await(devices.get(i), file, gets.get(i), PATIENCE));
        }
        return new Crowd(
                devices.size(),
                (double) office.origin().sent(file.name()) / file.length(),
                office.origin().requests(file.name()),
                all.stream().mapToDouble(Fetched::seconds).max().orElseThrow(),
                file.length() * 8.0 / (speed.uplinkMbit() * 1e6),
                all.stream().mapToLong(Fetched::wasted).sum());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "origin sent %.3f × the file in %d requests; last of %d after %.1f s = %.2f × ideal (%.1f s);"
                        + " wasted %d bytes",
                copies,
                requests,
                devices,
                last,
                last / ideal,
                ideal,
                wasted);
    }
}
