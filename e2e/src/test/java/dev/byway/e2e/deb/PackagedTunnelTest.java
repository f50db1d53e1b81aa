package dev.byway.e2e.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.Fetched;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.nat.NatType;
import dev.byway.e2e.nat.Sites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The agent of the Debian package, a service with all that systemd takes from it, in mode 3 behind a NAT: its runtime is linked from
 * what the program refers to, and QUIC is a native library that has to be mapped, though nothing may be run from {@code /tmp}.
 */
@Tag("netns")
@Tag("long")
class PackagedTunnelTest {
    private static final int LENGTH = 4 << 20;
    private static final String SETTINGS = "DODownloadMode: 3\nlan.discovery: off\n";

    @TempDir
    Path home;

    @Test
    void theServiceMeetsADeviceBehindAnotherNatAndTakesAFileFromIt() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/debootstrap"))
                        && Files.isExecutable(Path.of("/usr/bin/systemd-nspawn")),
                "skipped: needs debootstrap and systemd-nspawn (apt install debootstrap systemd-container)");
        Packages packages = Packages.build();
        try (Sites sites = Sites.open(home, 1, NatType.PORT_RESTRICTED, NatType.RESTRICTED)) {
            DebianRoot debian = DebianRoot.install(sites.lab().host(1, 1), home.resolve("debian"));
            Files.copy(sites.origin().authority(), debian.at("/usr/local/share/ca-certificates/lab.crt"));
            try (DebianMachine machine = debian.boot()) {
                machine.run("update-ca-certificates");
                machine.run("mount", "-o", "remount,noexec", "/tmp");
                install(packages, debian, machine);
                join(sites, debian, machine);
                Device other = sites.device(2, 1, "lan.discovery=off");
                sites.run();
                sites.awaitMet();
                machine.await("tunnel", () -> tunnel(machine).startsWith("met at 11.0.1.2:"));
                System.out.println(tunnel(machine));
                PublishedFile file = sites.publish("first.bin", LENGTH);
                fetch(other, file);
                get(machine, debian, file);
                machine.await(
                        "link", () -> status(machine).path("links").toString().contains("by Teredo"));
                assertThat(machine.run("sh", "-c", "cat /proc/$(systemctl show --value --property=MainPID byway)/maps"))
                        .contains("/usr/lib/byway/native/libnetty_quiche")
                        .contains("/usr/lib/byway/native/libnetty_transport_native_epoll");
                file = sites.publish("second.bin", LENGTH);
                fetch(other, file);
                JsonNode report = get(machine, debian, file);
                System.out.println(report.path("sources"));
                assertThat(report.path("sources").path("origin").asLong())
                        .as("%s", report)
                        .isLessThan(LENGTH / 2);
            }
        }
    }

    private static void install(Packages packages, DebianRoot debian, DebianMachine machine) throws IOException {
        Path program = packages.files().getFirst();
        Files.copy(program, debian.at("/var/tmp/byway.deb"));
        machine.run("dpkg", "--install", "/var/tmp/byway.deb");
        Files.writeString(debian.at("/etc/byway/agent.yaml"), SETTINGS);
    }

    /** As an administrator does it, on standard input. */
    private static void join(Sites sites, DebianRoot debian, DebianMachine machine) throws IOException {
        Path token = debian.at("/root/join.token");
        Files.copy(sites.fleet().token(), token);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        machine.run(
                "sh",
                "-ec",
                "runuser -u byway -- byway join --state /var/lib/byway - </root/join.token; systemctl restart byway");
        machine.await(
                "agent of the service", () -> machine.attempt("byway", "status").exitCode() == 0);
    }

    private static String tunnel(DebianMachine machine) {
        return status(machine).path("tunnel").asString();
    }

    private static JsonNode status(DebianMachine machine) {
        return JsonMapper.shared().readTree(machine.run("byway", "status", "--json"));
    }

    private static JsonNode get(DebianMachine machine, DebianRoot debian, PublishedFile file) throws IOException {
        String report =
                machine.run("byway", "get", file.url().toString(), "--json", "--force", "-o", "/var/tmp/fetched");
        assertThat(Files.mismatch(debian.at("/var/tmp/fetched"), file.path())).isEqualTo(-1);
        return JsonMapper.shared().readTree(report);
    }

    private static void fetch(Device device, PublishedFile file) throws IOException {
        Fetched.await(device, file, device.get(file), DebianMachine.PATIENCE);
    }
}
