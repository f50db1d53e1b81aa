package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.Office;
import dev.byway.e2e.Processors;
import dev.byway.e2e.lab.Lab;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a file without peers and without a manifest costs, next to curl on the same link: the same curl fetches it from the
 * origin, and from the warm agent's local door ({@code POST /v1/get}).
 */
@Tag("netns")
class PlainHttpBench {
    private static final int BIG = 256 << 20;
    private static final int SMALL = 1024;
    private static final int BIG_RUNS = 5;
    private static final int SMALL_RUNS = 41;

    @TempDir
    Path home;

    @Test
    void aFileWithoutPeersCostsWhatCurlCosts() throws IOException {
        try (Office office = Office.open(home, new Lab.Speed(1000, 1000))) {
            URI big = put(office, "big.bin", BIG);
            URI small = put(office, "small.bin", SMALL);
            Device device = office.device();
            device.startAgent();
            LocalDoor door = LocalDoor.of(device);
            compare(office.origin().authority(), device, door, "256 MiB over 1 Gbit/s, http", plain(big), 1, BIG_RUNS);
            compare(office.origin().authority(), device, door, "256 MiB over 1 Gbit/s, https", big, 1, BIG_RUNS);
            compare(office.origin().authority(), device, door, "1 KiB, http", plain(small), 5, SMALL_RUNS);
            compare(office.origin().authority(), device, door, "1 KiB, https", small, 5, SMALL_RUNS);
            System.out.printf(
                    Locale.ROOT,
                    "bench: resident memory of that agent afterwards: %.0f MiB%n",
                    device.status().path("residentBytes").asLong() / 1048576.0);
        }
    }

    private static URI plain(URI url) {
        return URI.create("http" + url.toString().substring("https".length()));
    }

    private static URI put(Office office, String name, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Files.write(office.origin().file(name), bytes);
        return office.origin().url(name);
    }

    private void compare(Path authority, Device device, LocalDoor door, String what, URI url, int warmUps, int runs) {
        Series direct = new Series();
        Series agent = new Series();
        Processors before = Processors.now();
        for (int i = 0; i < warmUps + runs; i++) {
            double ours = curl(device, door.toGet(url));
            double theirs = curl(device, List.of("--cacert", authority.toString(), url.toString()));
            if (i >= warmUps) {
                agent.add(ours);
                direct.add(theirs);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "bench: %s: curl %s s; through the warm agent %s s; ratio of medians %.3f, %.1f ms more; %s%n",
                what,
                direct,
                agent,
                agent.median() / direct.median(),
                1000 * (agent.median() - direct.median()),
                Processors.now().since(before));
    }

    /** Seconds that curl needed. */
    private double curl(Device device, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of("curl", "-sSf", "-o", home.resolve("out").toString(), "-w", "%{time_total}"));
        command.addAll(arguments);
        return Double.parseDouble(device.host().exec(command.toArray(String[]::new)));
    }
}
