package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.Fetched;
import dev.byway.e2e.FleetService;
import dev.byway.e2e.Office;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Origin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the tunnel costs a device that does nothing: packets and memory, without a link and with one. */
@Tag("netns")
@Tag("long")
class TunnelCostTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofSeconds(100);
    private static final int LENGTH = 4 << 20;
    private static final double MIB = 1 << 20;
    private static final Pattern PACKETS = Pattern.compile("packets ([0-9]+)");

    @TempDir
    Path home;

    @Test
    void anIdleDeviceSendsLittleAndALinkTakesLittleMemory() throws Exception {
        try (NatLab lab = NatLab.open(home, 1, NatType.RESTRICTED, NatType.PORT_RESTRICTED);
                Origin origin = Origin.start(lab.origin(), home.resolve("origin"));
                FleetService fleet = FleetService.start(
                        lab.coordinator(),
                        home.resolve("coordinator"),
                        "teredo.server.addresses=11.200.2.2,11.200.2.3")) {
            Device one = device(lab, 1, origin);
            Device other = device(lab, 2, origin);
            fleet.admit(List.of(one, other));
            Office.start(List.of(one, other));
            one.awaitStatus(TunnelCostTest::isMet);
            other.awaitStatus(TunnelCostTest::isMet);
            fetch(one, PublishedFile.at(origin, "first.bin", LENGTH, 1));
            Host gateway = lab.gateway(1);
            gateway.exec("nft", """
                    table ip cost {
                      chain out {
                        type filter hook forward priority 0
                        iifname "lan" meta l4proto udp counter
                      }
                    }
                    """);
            long unlinked = sent(gateway);
            double before = resident(one);
            PublishedFile file = PublishedFile.at(origin, "second.bin", LENGTH, 2);
            fetch(other, file);
            Fetched shared = fetch(one, file);
            assertThat(shared.origin()).as("%s", shared.report()).isLessThan(LENGTH);
            double linked = resident(one);
            long packets = sent(gateway);
            System.out.printf(
                    "idle for %d s: %d packets of UDP without a link, %d with one; resident %.0f MiB, with a link %.0f MiB%n",
                    IDLE.toSeconds(), unlinked, packets, before, linked);
            assertThat(unlinked).isLessThan(IDLE.toSeconds() / 10);
            // What keeps the way open, and the link's and QUIC's own signs of life.
            assertThat(packets).isLessThan(IDLE.toSeconds() * 15 / 100);
            assertThat(linked - before).isLessThan(60);
        }
    }

    private Device device(NatLab lab, int site, Origin origin) {
        return new Device(
                lab.host(site, 1),
                home.resolve("d" + site),
                List.of("DODownloadMode=3", "lan.discovery=off", "origin.ca=" + origin.authority()));
    }

    private static Fetched fetch(Device device, PublishedFile file) throws Exception {
        return Fetched.await(device, file, device.get(file), PATIENCE);
    }

    private static double resident(Device device) {
        return device.status().path("residentBytes").asLong() / MIB;
    }

    /** Packets that the site's device sends in a while without work. */
    private static long sent(Host gateway) throws InterruptedException {
        long before = counted(gateway);
        Thread.sleep(IDLE);
        return counted(gateway) - before;
    }

    private static long counted(Host gateway) {
        Matcher packets = PACKETS.matcher(gateway.exec("nft", "list", "chain", "ip", "cost", "out"));
        assertThat(packets.find()).isTrue();
        return Long.parseLong(packets.group(1));
    }

    private static boolean isMet(JsonNode status) {
        String tunnel = status.path("tunnel").asString();
        return tunnel.startsWith("met at ") && !tunnel.contains("unknown");
    }
}
