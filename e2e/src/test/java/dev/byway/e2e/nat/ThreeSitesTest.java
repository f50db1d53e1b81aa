package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.Fetched;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three offices behind NATs and thin lines, where all six devices want the same at once: it leaves the origin 1.2 times at the most when
 * they are linked. When they have to meet first, each office fetches for itself until then.
 */
@Tag("netns")
@Tag("long")
class ThreeSitesTest {
    private static final int LENGTH = Integer.getInteger("byway.sites.megabytes", 96) << 20;
    private static final int HOSTS = 2;
    private static final int MBIT = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final NatType[] NATS = {NatType.FULL_CONE, NatType.RESTRICTED, NatType.PORT_RESTRICTED};

    @TempDir
    Path home;

    @Test
    void theOriginSendsItAboutOnce() throws Exception {
        try (Sites sites = Sites.open(home, HOSTS, NATS)) {
            for (int site = 1; site <= NATS.length; site++) {
                sites.lab().thin(site, MBIT);
            }
            sites.start();
            long cold = sentOfOneWantedByAll(sites, "strangers.bin");
            long warm = sentOfOneWantedByAll(sites, "linked.bin");
            assertThat(cold).as("when nobody was linked").isLessThan(LENGTH * 2L);
            assertThat(warm).as("when all were linked").isLessThan(LENGTH / 10 * 12L);
        }
    }

    /** Bytes of it that left the origin when all wanted it at once. */
    private static long sentOfOneWantedByAll(Sites sites, String name) throws Exception {
        PublishedFile file = sites.publish(name, LENGTH);
        List<Device> devices = sites.devices();
        System.out.println(name + ", links: "
                + devices.stream()
                        .map(device -> device.status().path("links").size())
                        .toList());
        List<Running> gets = devices.stream().map(device -> device.get(file)).toList();
        List<Fetched> all = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            Fetched one = Fetched.await(device, file, gets.get(i), PATIENCE);
            all.add(one);
            System.out.println("  " + device.host().name() + ": " + one.report().path("sources") + " in "
                    + one.seconds() + " s, wasted " + one.wasted());
            one.report().path("reasons").forEach(reason -> System.out.println("      " + reason));
        }
        for (int site = 0; site < NATS.length; site++) {
            long share = all.subList(site * HOSTS, (site + 1) * HOSTS).stream()
                    .mapToLong(Fetched::origin)
                    .sum();
            assertThat(share).as("what site " + (site + 1) + " fetched").isPositive();
        }
        long sent = sites.origin().sent(name);
        System.out.println("  sent by the origin: " + Math.round(100.0 * sent / LENGTH) + " % of the file in "
                + sites.origin().requests(name) + " requests");
        return sent;
    }
}
