package dev.byway.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.doctor.Check;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import dev.byway.e2e.lab.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Faults of policy and of the device itself. */
final class PolicyFaults {
    private static final int SMALL = 2 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private PolicyFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("mode 0", Check.MODE, "mode 0", settings("DODownloadMode=0")),
                new Fault("mode 99", Check.MODE, "mode 99", settings("DODownloadMode=99")),
                new Fault(
                        "match group differs",
                        Check.GROUP,
                        "not in this device's match group",
                        settings("DODownloadMode=2", "DOGroupId=another")),
                new Fault(
                        "memory under the minimum",
                        Check.MEMORY,
                        "of memory; peering needs",
                        settings("DOMinRAMAllowedToPeer=10000")),
                new Fault("file under the minimum", Check.CONTENT_SIZE, "files from", PolicyFaults::tooSmall),
                new Fault("disk full", Check.CACHE, "free in", PolicyFaults::diskFull),
                new Fault(
                        "wrong subnet mask",
                        Check.SUBNET,
                        "10.77.0.12:7680 is on this device's link, but in none of its subnets: 10.77.0.11/32",
                        PolicyFaults::wrongMask),
                new Fault(
                        "peers restricted to a subnet, and all are elsewhere",
                        Check.RESTRICTION,
                        "the only neighbour is in other subnets (10.77.2.12:7680)",
                        PolicyFaults::otherSubnet),
                new Fault("the only holder evicted it", Check.HOLDERS, "no other device", PolicyFaults::evicted));
    }

    private static Fault.Injury settings(String... settings) {
        return ward -> {
            ward.restart(settings);
            return ward::restart;
        };
    }

    private static Fault.Cure tooSmall(Ward ward) throws Exception {
        ward.restart("DOMinFileSizeToCache=3");
        PublishedFile file = ward.office().publish("small.bin", SMALL);
        ward.fetch(file);
        return () -> {
            ward.restart();
            ward.share();
        };
    }

    private static Fault.Cure otherSubnet(Ward ward) {
        ward.moveOther(2);
        ward.restart("DORestrictPeerSelectionBy=1");
        return () -> {
            ward.restart("DORestrictPeerSelectionBy=0");
            assertThat(ward.share()).as("after the mend").isGreaterThan(0.99);
            ward.moveOther(0);
            ward.restart();
        };
    }

    /**
     * As an administrator sets it who counts wrongly: the router is reached, and through it the neighbours. In an office without
     * IPv6, whose link-local addresses know no masks, so that over them neighbours are found all the same.
     */
    private static Fault.Cure wrongMask(Ward ward) {
        Host host = ward.host();
        ward.stopAgent(); // While it can still tell the others that its links end.
        host.exec(
                "sh",
                "-ec",
                "sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1; "
                        + "ip -4 addr flush dev eth0; ip addr add " + host.address() + "/32 dev eth0; "
                        + "ip route add 10.77.0.1 dev eth0; ip route add default via 10.77.0.1");
        ward.restart();
        return () -> {
            ward.stopAgent();
            host.exec(
                    "sh",
                    "-ec",
                    "ip -4 addr flush dev eth0; ip addr add " + host.address()
                            + "/24 dev eth0; ip route replace default via 10.77.0.1; "
                            + "sysctl -qw net.ipv6.conf.eth0.disable_ipv6=0");
            ward.restart();
        };
    }

    private static Fault.Cure evicted(Ward ward) throws Exception {
        PublishedFile file = ward.newFile();
        ward.otherFetches(file);
        Running remove =
                ward.other().run("cache", "remove", file.path().getFileName().toString());
        assertThat(remove.awaitEnd(PATIENCE)).as(remove::errors).isZero();
        assertThat(ward.fetch(file).origin()).isEqualTo(file.length());
        ward.askWith(file.url().toString());
        return () -> {
            ward.otherFetches(file);
            JsonNode diagnosis = ward.doctor();
            ward.askWith();
            assertThat(diagnosis.path("healthy").asBoolean())
                    .as("%s", diagnosis)
                    .isTrue();
        };
    }

    private static Fault.Cure diskFull(Ward ward) throws Exception {
        Path volume = Files.createDirectories(ward.victim().state().resolveSibling("volume"));
        Shell.run(List.of("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", volume.toString()));
        ward.restart("cache.dir=" + volume.resolve("cache"), "DOMinDiskSizeAllowedToPeer=1MB");
        Files.write(volume.resolve("somebody-elses"), new byte[88 << 20]);
        return () -> {
            ward.restart();
            Shell.run(List.of("umount", volume.toString()));
        };
    }
}
