package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What proves rules for a firewall: what {@code byway ports} says, that sharing works, and what nmap sees. A port that is open
 * and one that is only not filtered are told apart by it: a closed port answers with RST, a filtered one not at all.
 */
public final class FirewallTrial {
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    /** All TCP ports. */
    public static final String ALL = "1-65535";

    private static final int LENGTH = 8 << 20;
    private static final Pattern STATE =
            Pattern.compile("\\d+/[a-z|]+(?=/(?:tcp|udp))|(?<=Ignored State: )[a-z|]+ \\(\\d+\\)");

    private FirewallTrial() {}

    public static void mustHave(String program, String packet) {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(program)),
                program + " is not installed (apt install " + packet + "): skipped");
    }

    /** Writes down the rules that a command of the program prints. */
    public static Path printed(Running ports, Path file) throws IOException {
        assertThat(ports.awaitEnd(PATIENCE)).as(ports::errors).isZero();
        return Files.writeString(file, ports.output());
    }

    public static void mustSucceed(Running command) {
        assertThat(command.awaitEnd(PATIENCE)).as(command::errors).isZero();
    }

    /** What {@code byway ports --check} says of each need. */
    public static List<String> check(Device device, int exitCode) {
        return checks(device, exitCode).findValuesAsString("state");
    }

    private static JsonNode checks(Device device, int exitCode) {
        Running check = device.run("ports", "--check", "--json");
        assertThat(check.awaitEnd(PATIENCE)).as(check::output).isEqualTo(exitCode);
        return JsonMapper.shared().readTree(check.output()).path("checks");
    }

    /** What the check says of TCP 7680 in by IPv4: the state, a space, and by which rule. */
    public static String peerIn(Device device, int exitCode) {
        JsonNode first = checks(device, exitCode).path(0);
        assertThat(first.path("name").asString()).isEqualTo("peer-in");
        assertThat(first.path("family").asString()).isEqualTo("IPv4");
        return first.path("state").asString() + " " + first.path("by").asString("");
    }

    /** The first downloads a file from the origin, the second all of it from the first. */
    public static void share(Office office, List<Device> devices) throws IOException {
        PublishedFile file = office.publish("file.bin", LENGTH);
        Office.start(devices);
        Device first = devices.getFirst();
        Fetched.await(first, file, first.get(file), PATIENCE);
        Device second = devices.getLast();
        Fetched fetched = Fetched.await(second, file, second.get(file), PATIENCE);
        System.out.printf("behind a firewall: %d of %d bytes from neighbours%n", fetched.lan(), LENGTH);
        assertThat(fetched.lan()).as("%s", fetched.report()).isGreaterThanOrEqualTo(LENGTH * 99L / 100);
    }

    /** What nmap says of these TCP ports: the states of those it names, and how many it passes over as filtered. */
    public static String scan(Host scanner, Host target, String ports) {
        return scan(scanner, "-sS", target.address(), ports);
    }

    /**
     * The same of UDP ports, on which nothing may listen: then one that is let in is closed, and says so, while none of the others
     * says anything. What listens and what is dropped are alike to nmap.
     */
    public static String scanUdp(Host scanner, Host target, String ports) {
        return scan(scanner, "-sU", target.address(), ports);
    }

    private static String scan(Host scanner, String how, String target, String ports) {
        mustHave("/usr/bin/nmap", "nmap");
        Running scan = scanner.spawn(List.of(
                "nmap",
                "-n",
                "-Pn",
                // Whole frames would pass by the scanner's own firewall.
                "--send-ip",
                how,
                "-p",
                ports,
                "--min-rate",
                "8000",
                "--max-retries",
                "1",
                "-oG",
                "-",
                target));
        assertThat(scan.awaitEnd(PATIENCE)).as(scan::errors).isZero();
        return STATE.matcher(scan.output()).results().map(MatchResult::group).collect(Collectors.joining(" "));
    }
}
