package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.Fetched;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        try (Sites sites = Sites.open(home, 1, NatType.RESTRICTED, NatType.PORT_RESTRICTED)) {
            sites.start("lan.discovery=off");
            Device one = sites.devices().getFirst();
            Device other = sites.devices().getLast();
            fetch(one, sites.publish("first.bin", LENGTH));
            Host gateway = sites.lab().gateway(1);
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
            PublishedFile file = sites.publish("second.bin", LENGTH);
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
}
