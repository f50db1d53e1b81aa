package dev.byway.e2e.nat;

import static dev.byway.e2e.FirewallTrial.ALL;
import static dev.byway.e2e.FirewallTrial.check;
import static dev.byway.e2e.FirewallTrial.scan;
import static dev.byway.e2e.FirewallTrial.scanUdp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.Fetched;
import dev.byway.e2e.FirewallTrial;
import dev.byway.e2e.HostFirewall;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two devices behind NATs, and the coordinator, each behind a firewall of its own that drops all but what {@code byway ports} asks
 * for: they meet through the tunnel, and a scan, in and out, finds nothing else open. What is switched off is not asked for, and
 * closed.
 */
@Tag("netns")
@Tag("long")
class TunnelFirewallTest {
    private static final int LENGTH = 4 << 20;

    /** Teredo's, that of the devices' own mappings here, DNS-SD's, and any other. */
    private static final String UDP = "3544,3545,5353,40000";

    private static final String UDP_OPEN = "3544/closed 3545/closed 5353/closed 40000/closed";
    private static final String UDP_SHUT =
            "3544/open|filtered 3545/open|filtered 5353/open|filtered 40000/open|filtered";

    @TempDir
    Path home;

    /**
     * What a device is set to, and what a scan finds of its firewall.
     *
     * @param in TCP from its subnet to it
     * @param out TCP from it to where no firewall is
     * @param udpOut UDP from it to there
     */
    record Setting(HostFirewall wall, String in, String out, String udpOut, List<String> settings) {
        private static final String PEERS_IN = "7680/open filtered (65534)";
        private static final String PEERS_OUT = "80/closed 443/closed 7680/closed 7690/closed filtered (65531)";

        static Setting sharing(HostFirewall wall, String... settings) {
            return new Setting(wall, PEERS_IN, PEERS_OUT, UDP_OPEN, List.of(settings));
        }

        static Setting withoutTcp(String... settings) {
            return new Setting(
                    HostFirewall.NFTABLES,
                    "filtered (65535)",
                    "80/closed 443/closed filtered (65533)",
                    UDP_OPEN,
                    List.of(settings));
        }

        static Setting withoutTunnel(String... settings) {
            return new Setting(HostFirewall.NFTABLES, PEERS_IN, PEERS_OUT, UDP_SHUT, List.of(settings));
        }

        boolean hasTunnel() {
            return udpOut.equals(UDP_OPEN);
        }
    }

    static Stream<Setting> settings() {
        return Stream.of(
                Setting.sharing(HostFirewall.NFTABLES, "DODownloadMode=2", "DOGroupId=lab"),
                Setting.sharing(HostFirewall.NFTABLES, "DODownloadMode=3"),
                Setting.sharing(HostFirewall.IPTABLES, "DODownloadMode=3"),
                Setting.sharing(HostFirewall.UFW, "DODownloadMode=3"),
                Setting.withoutTcp("DODownloadMode=3", "peer.tcp=off"),
                Setting.withoutTunnel("DODownloadMode=3", "teredo.client=off"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void whatIsAskedForIsEnoughForTheTunnelAndNothingElseIsOpen(Setting setting) throws Exception {
        setting.wall().mustBeInstalled();
        try (Sites sites = Sites.open(home, 1, NatType.PORT_RESTRICTED, NatType.RESTRICTED)) {
            wallIn(sites.lab().coordinator(), setting.wall());
            Device asking = device(sites, 1, setting);
            device(sites, 2, setting);
            sites.run();
            if (setting.hasTunnel()) {
                sites.awaitMet();
                share(sites, "first.bin");
                Sites.awaitLink(asking);
                assertThat(share(sites, "second.bin").origin()).isLessThan(LENGTH / 2);
            } else {
                assertThat(share(sites, "first.bin").origin()).isEqualTo(LENGTH);
                assertThat(asking.status().path("tunnel").asString()).contains("teredo.client");
                assertThat(asking.host().exec("ss", "-Hulpn")).doesNotContain("java");
            }
            scanDevice(sites, asking.host(), setting);
            scanCoordinator(sites);
        }
    }

    private void wallIn(Host coordinator, HostFirewall wall) throws Exception {
        wall.raise(coordinator);
        wall.open(
                new Device(coordinator, home.resolve("none"), List.of("listen.port=443", Sites.SERVERS)),
                "--role",
                "coordinator");
    }

    private static Device device(Sites sites, int site, Setting setting) throws Exception {
        String[] settings = Stream.concat(
                        Stream.of("lan.discovery=off", "teredo.client.port=3545"), setting.settings().stream())
                .toArray(String[]::new);
        Device device = sites.device(site, 1, settings);
        setting.wall().raise(device.host());
        assertThat(check(device, 1)).contains("blocked");
        setting.wall().open(device);
        assertThat(check(device, 0)).containsOnly("open");
        return device;
    }

    /** The second device fetches a file, and then the first one. */
    private static Fetched share(Sites sites, String name) throws Exception {
        PublishedFile file = sites.publish(name, LENGTH);
        fetch(sites.devices().getLast(), file);
        Fetched fetched = fetch(sites.devices().getFirst(), file);
        System.out.println(name + ": " + fetched.report().path("sources"));
        return fetched;
    }

    private static Fetched fetch(Device device, PublishedFile file) throws Exception {
        return Fetched.await(device, file, device.get(file), FirewallTrial.PATIENCE);
    }

    private static void scanDevice(Sites sites, Host device, Setting setting) {
        Host neighbour = sites.lab().gateway(1);
        Host outside = sites.lab().internet();
        // It answers each packet, not one in a second.
        outside.exec("sysctl", "-qw", "net.ipv4.icmp_ratelimit=0");
        assertThat(scan(neighbour, device, ALL)).as("TCP in").isEqualTo(setting.in());
        sites.agents().forEach(Running::close);
        assertThat(scanUdp(neighbour, device, ALL)).as("UDP in").isEqualTo("open|filtered (65535)");
        assertThat(scan(device, outside, ALL)).as("TCP out").isEqualTo(setting.out());
        assertThat(scanUdp(device, outside, UDP)).as("UDP out").isEqualTo(setting.udpOut());
    }

    private static void scanCoordinator(Sites sites) {
        Host coordinator = sites.lab().coordinator();
        Host outside = sites.lab().origin();
        assertThat(scan(outside, coordinator, ALL)).isEqualTo("443/open filtered (65534)");
        sites.killCoordinator();
        assertThat(scanUdp(outside, coordinator, ALL)).isEqualTo("3544/closed open|filtered (65534)");
    }
}
