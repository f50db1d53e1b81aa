package dev.byway.e2e.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Office;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Byway as a service, as somebody installs it: from the Debian packages, and by {@code byway service install}, on a bare Debian
 * without Java that its own systemd has started. What it fetches comes from an origin of the lab. Each test leaves nothing behind,
 * and sees that it did.
 */
@Tag("netns")
@Tag("long")
class PackageTest {
    private static final int LENGTH = 8 << 20;
    private static final String OWN_SETTING = "peer.port: 7690\n";
    private static final String AGENT_YAML = "/etc/byway/agent.yaml";

    @TempDir
    static Path home;

    private static Office office;
    private static DebianRoot debian;
    private static DebianMachine machine;
    private static Packages packages;
    private static List<String> files;
    private static List<String> accounts;

    @BeforeAll
    static void boot() throws Exception {
        for (String tool : List.of("/usr/sbin/debootstrap", "/usr/bin/dpkg-deb", "/usr/bin/systemd-nspawn")) {
            Assumptions.assumeTrue(
                    Files.isExecutable(Path.of(tool)),
                    tool + " is not there (Debian or Ubuntu, apt install debootstrap systemd-container): skipped");
        }
        packages = Packages.build();
        office = Office.open(home, new Lab.Speed(200, 100));
        debian = DebianRoot.install(office.lab().addDevice(), home.resolve("debian"));
        // As an administrator makes a machine trust the company's authority: the program brings none.
        Files.copy(office.origin().authority(), debian.at("/usr/local/share/ca-certificates/lab.crt"));
        machine = debian.boot();
        machine.run("update-ca-certificates");
        assertThat(debian.at("/usr/bin/java")).doesNotExist();
        files = debian.listing();
        accounts = debian.accounts();
    }

    @AfterAll
    static void shutDown() {
        if (machine != null) {
            machine.close();
        }
        if (office != null) {
            office.close();
        }
    }

    @Test
    void packagesServeOnceInstalledKeepTheirStateWhenUpgradedAndLeaveNothingWhenPurged() throws Exception {
        PublishedFile file = office.publish("update.bin", LENGTH);
        dpkg("--install", packages);
        assertThat(machine.run("byway", "--version")).startsWith("byway 0.");
        awaitAgent();
        assertThat(machine.run("systemctl", "show", "--property=User", "byway")).isEqualTo("User=byway\n");
        assertThat(check("service")).isEqualTo("pass");
        assertThat(get(file).path("sources").path("origin").asLong()).isEqualTo(LENGTH);

        changeASetting();
        assertThat(machine.run("byway", "ports"))
                .as("root's commands know the service's settings")
                .contains("7690");
        awaitAgent();
        joinAFleet();
        String device = device();
        diesAndComesBack();
        assertThat(device()).isEqualTo(device);

        dpkg("--install", packages.next(home));
        assertThat(machine.run("dpkg-query", "-W", "-f", "${Version} ", "byway", "byway-coordinator"))
                .matches("(\\S+\\+next ){2}");
        awaitAgent();
        assertThat(device()).as("the device's identity").isEqualTo(device);
        assertThat(debian.at(AGENT_YAML)).content().contains(OWN_SETTING);
        assertThat(machine.run("byway", "status")).contains("443"); // still of the fleet
        assertThat(get(file).path("bytes").asLong())
                .as("fetched once more after the upgrade")
                .isZero();

        machine.run("dpkg", "--purge", "byway-coordinator", "byway");
        assertNothingIsLeft();
    }

    @Test
    void aProgramThatIsUnpackedSomewhereIsInstalledAsAServiceAndUninstalled() throws Exception {
        Path unpacked = Files.createDirectory(home.resolve("unpacked"));
        packages.unpack(unpacked);
        Files.move(unpacked.resolve("usr/lib/byway"), debian.at("/opt/byway"));
        String byway = "/opt/byway/byway";

        assertThat(machine.attempt(byway, "service", "status").exitCode()).isEqualTo(3);
        assertThat(machine.run(byway, "service", "install", "--dry-run")).contains("ExecStart=" + byway);
        assertThat(debian.listing()).doesNotContain("/etc/byway");
        machine.run(byway, "service", "install");
        machine.await(
                "agent of the service", () -> machine.attempt(byway, "status").exitCode() == 0);
        assertThat(machine.run(byway, "service", "status")).contains("active (running)");
        machine.run(byway, "service", "install"); // again: no harm

        machine.run("systemctl", "stop", "byway");
        assertThat(machine.attempt(byway, "service", "status").exitCode()).isEqualTo(3);
        DebianMachine.Outcome doctor = machine.attempt(byway, "doctor");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.output()).contains("FAIL  service", "systemctl restart byway.service", "1 failed");
        machine.run("systemctl", "restart", "byway.service");
        assertThat(machine.run(byway, "service", "status")).contains("active (running)");

        machine.run(byway, "service", "uninstall");
        assertThat(machine.attempt("systemctl", "cat", "byway").exitCode()).isNotZero();
        assertThat(debian.at("/var/lib/byway")).as("state is kept").isNotEmptyDirectory();

        machine.run("rm", "-r", "/opt/byway", "/etc/byway", "/var/lib/byway");
        machine.run("userdel", "byway");
        assertNothingIsLeft();
    }

    private static void dpkg(String what, Packages which) throws IOException {
        List<String> command = new ArrayList<>(List.of("dpkg", what));
        for (Path each : which.files()) {
            Files.copy(each, debian.at("/var/tmp/" + each.getFileName()));
            command.add("/var/tmp/" + each.getFileName());
        }
        machine.run(command.toArray(String[]::new));
    }

    private static void awaitAgent() {
        machine.await(
                "agent of the service", () -> machine.attempt("byway", "status").exitCode() == 0);
    }

    /** First one that makes no sense: the service does not try again and again, and the doctor says where to look. */
    private static void changeASetting() throws IOException {
        String before = Files.readString(debian.at(AGENT_YAML));
        Files.writeString(debian.at(AGENT_YAML), "DODownloadMode: banana\n", StandardOpenOption.APPEND);
        machine.run("systemctl", "restart", "byway");
        machine.await(
                "end of a service with a wrong setting",
                () -> machine.attempt("systemctl", "is-failed", "--quiet", "byway")
                                .exitCode()
                        == 0);
        assertThat(machine.run("journalctl", "-u", "byway")).contains("banana", AGENT_YAML);
        Files.writeString(debian.at(AGENT_YAML), before + OWN_SETTING);
        machine.run("systemctl", "restart", "byway");
    }

    private static void joinAFleet() {
        machine.await(
                "coordinator",
                () -> machine.run("journalctl", "-u", "byway-coordinator").contains("ready https://"));
        machine.run(
                "sh",
                "-ec",
                "runuser -u byway-coordinator -- byway coordinator token --state /var/lib/byway-coordinator"
                        + " | runuser -u byway -- byway join --state /var/lib/byway -; systemctl restart byway");
        awaitAgent();
        machine.await(
                "coordinator that knows this device", () -> check("credential").equals("pass"));
    }

    private static void diesAndComesBack() {
        String pid = machine.run("systemctl", "show", "--property=MainPID", "byway");
        machine.run("systemctl", "kill", "--signal=KILL", "byway");
        machine.await("second life", () -> {
            String now = machine.run("systemctl", "show", "--property=MainPID", "byway");
            return !now.equals(pid) && !now.equals("MainPID=0\n");
        });
        awaitAgent();
    }

    private static void assertNothingIsLeft() throws IOException {
        List<String> now = debian.listing();
        assertThat(now.stream().filter(path -> !files.contains(path)))
                .as("left behind")
                .isEmpty();
        assertThat(files.stream().filter(path -> !now.contains(path)))
                .as("taken away")
                .isEmpty();
        assertThat(debian.accounts()).isEqualTo(accounts);
    }

    private static String device() {
        String device =
                json(machine.run("byway", "status", "--json")).path("device").asString();
        assertThat(device).isNotEmpty();
        return device;
    }

    /** What the doctor says to one of its checks. */
    private static String check(String name) {
        return json(machine.attempt("byway", "doctor", "--json").output())
                .path("checks")
                .valueStream()
                .filter(check -> check.path("check").asString().equals(name))
                .map(check -> check.path("result").asString())
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode get(PublishedFile file) throws IOException {
        JsonNode report =
                json(machine.run("byway", "get", file.url().toString(), "--json", "--force", "-o", "/var/tmp/fetched"));
        assertThat(Files.mismatch(debian.at("/var/tmp/fetched"), file.path())).isEqualTo(-1);
        return report;
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
