package dev.byway.e2e.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Office;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import dev.byway.e2e.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Debian packages as somebody installs them: on a bare Debian without Java, whose service is started as its unit says.
 * What it fetches comes from an origin of the lab.
 */
@Tag("netns")
@Tag("long")
class PackageTest {
    private static final int LENGTH = 8 << 20;
    private static final String OWN_SETTING = "peer.port: 7690\n";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path PROJECT =
            Path.of(System.getProperty("byway.root", "..")).toAbsolutePath().normalize();

    @TempDir
    Path home;

    @Test
    void installedItServesUpgradedItKeepsItsStateAndPurgedNothingIsLeft() throws Exception {
        for (String tool : List.of("/usr/sbin/debootstrap", "/usr/bin/dpkg-deb", "/usr/bin/apt-get")) {
            Assumptions.assumeTrue(
                    Files.isExecutable(Path.of(tool)),
                    tool + " is not there (Debian or Ubuntu, apt install debootstrap): skipped");
        }
        try (Office office = Office.open(home, new Lab.Speed(200, 100))) {
            PublishedFile file = office.publish("update.bin", LENGTH);
            DebianRoot debian = DebianRoot.install(office.lab().addDevice(), home.resolve("debian"));
            debian.host().exec("sysctl", "-qw", "net.ipv4.ip_unprivileged_port_start=0"); // the unit grants this right
            trust(debian, office);
            List<String> before = debian.listing();
            List<String> accounts = debian.accounts();
            assertThat(before).doesNotContain("/usr/bin/java", "/etc/byway");

            List<Path> packages = build();
            dpkg(debian, "--install", packages);
            assertThat(run(debian, "byway", "--version")).startsWith("byway 0.");
            Files.writeString(debian.at("/etc/byway/agent.yaml"), OWN_SETTING, StandardOpenOption.APPEND);
            assertThat(run(debian, "byway", "ports"))
                    .as("the service's settings are those of root's commands")
                    .contains("7690");
            String device;
            try (Running agent = start(debian, "byway")) {
                device = device(debian);
                assertThat(get(debian, file).path("sources").path("origin").asLong())
                        .isEqualTo(LENGTH);
                assertThat(agent.isAlive()).isTrue();
            }
            start(debian, "byway-coordinator").close();
            assertThat(debian.at("/var/lib/byway-coordinator")).isNotEmptyDirectory();

            dpkg(debian, "--install", nextVersion(packages));
            assertThat(run(debian, "dpkg-query", "-W", "-f", "${Version} ", "byway", "byway-coordinator"))
                    .matches("(\\S+\\+next ){2}");
            assertThat(debian.at("/etc/byway/agent.yaml")).content().contains(OWN_SETTING);
            try (Running _ = start(debian, "byway")) {
                assertThat(device(debian)).as("the device's identity").isEqualTo(device);
                assertThat(get(debian, file).path("bytes").asLong())
                        .as("fetched once more after the upgrade")
                        .isZero();
            }

            run(debian, "dpkg", "--purge", "byway-coordinator", "byway");
            assertThat(debian.listing()).isEqualTo(before);
            assertThat(debian.accounts()).isEqualTo(accounts);
        }
    }

    private List<Path> build() throws IOException {
        Shell.run(List.of(
                "timeout",
                "15m",
                "env",
                "BYWAY_NO_BUILD=1",
                PROJECT.resolve("byway").toString(),
                "package"));
        try (Stream<Path> built = Files.list(PROJECT.resolve("target/packages"))) {
            List<Path> packages = built.sorted().toList();
            assertThat(packages).hasSize(2);
            return packages;
        }
    }

    /** The same packages under a higher version. */
    private List<Path> nextVersion(List<Path> packages) throws IOException {
        Path next = Files.createDirectory(home.resolve("next"));
        for (Path each : packages) {
            String tree = home.resolve("tree-" + each.getFileName()).toString();
            Shell.run(List.of("dpkg-deb", "-R", each.toString(), tree));
            Shell.run(List.of(
                    "sed", "-Ei", "/^Version:/s/$/+next/; s/(byway \\(= [^)]*)/\\1+next/", tree + "/DEBIAN/control"));
            Shell.run(List.of("timeout", "5m", "dpkg-deb", "-Znone", "--build", tree, next.toString()));
        }
        try (Stream<Path> built = Files.list(next)) {
            return built.sorted().toList();
        }
    }

    private void dpkg(DebianRoot debian, String what, List<Path> packages) throws IOException {
        for (Path each : packages) {
            Files.copy(each, debian.at("/tmp/" + each.getFileName()));
        }
        run(
                debian,
                Stream.concat(Stream.of("dpkg", what), packages.stream().map(each -> "/tmp/" + each.getFileName()))
                        .toArray(String[]::new));
    }

    /** As an administrator makes a machine trust the company's authority: the program knows of no authority itself. */
    private static void trust(DebianRoot debian, Office office) throws IOException {
        Files.copy(office.origin().authority(), debian.at("/usr/local/share/ca-certificates/lab.crt"));
        run(debian, "update-ca-certificates");
    }

    /** Starts a service as its unit says, and returns when it serves. */
    private static Running start(DebianRoot debian, String unit) throws IOException {
        List<String> lines = Files.readAllLines(debian.at("/usr/lib/systemd/system/" + unit + ".service"));
        Running service = debian.spawn(
                value(lines, "User"), List.of(value(lines, "ExecStart").split(" ")));
        service.awaitLine("ready ", PATIENCE);
        return service;
    }

    private static String value(List<String> unit, String name) {
        return unit.stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the unit has no " + name));
    }

    private static String run(DebianRoot debian, String... command) {
        Running run = debian.spawn("root", List.of(command));
        assertThat(run.awaitEnd(PATIENCE)).as(() -> run.output() + run.errors()).isZero();
        return run.output();
    }

    private static String device(DebianRoot debian) {
        JsonNode status = JsonMapper.shared().readTree(run(debian, "byway", "status", "--json"));
        assertThat(status.path("device").asString()).isNotEmpty();
        return status.path("device").asString();
    }

    private JsonNode get(DebianRoot debian, PublishedFile file) throws IOException {
        JsonNode report = JsonMapper.shared()
                .readTree(
                        run(debian, "byway", "get", file.url().toString(), "--json", "--force", "-o", "/tmp/fetched"));
        assertThat(Files.mismatch(debian.at("/tmp/fetched"), file.path())).isEqualTo(-1);
        return report;
    }
}
