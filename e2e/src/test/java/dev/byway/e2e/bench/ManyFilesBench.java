package dev.byway.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.FleetService;
import dev.byway.e2e.Office;
import dev.byway.e2e.Processors;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Thousands of small files, published as one folder: a first device takes all from the origin, a second one all from the first,
 * each through its warm agent's local door, with curl. Beside that curl and aria2, straight from the same nginx.
 *
 * <pre>
 * byway.bench.files      how many; 5000
 * byway.bench.parallel   at once; 16
 * byway.bench.command    true: `byway get -i` as well
 * byway.bench.options    more flags for the agents' Java
 * </pre>
 */
@Tag("netns")
class ManyFilesBench {
    private static final int FILES = Integer.getInteger("byway.bench.files", 5000);
    private static final int PARALLEL = Integer.getInteger("byway.bench.parallel", 16);
    private static final int LEAST = 1 << 10;
    private static final int MOST = 64 << 10;
    private static final int PORT = 7680;
    private static final Pattern TIMING = Pattern.compile("FleetClient\\.(\\w+)\\(.*?\\)?\\s+([0-9]+)\\s");
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    /** By itself a file under 1 MB is not shared: it comes from the origin, without a wait for neighbours. */
    private static final String SHARED = "DOMinFileSizeToCache=" + System.getProperty("byway.bench.least", "1B");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** What an agent asks of the coordinator, as its methods. */
    private static final List<String> CALLS = List.of("lookUp", "publishers", "layer", "announce");

    /** Lets the Java runtime count them (JEP 520). */
    private static final String COUNTING = "-XX:StartFlightRecording:method-timing="
            + CALLS.stream()
                    .map(call -> "dev.byway.agent.fleet.FleetClient::" + call)
                    .collect(Collectors.joining(";"));

    private final List<String> names = new ArrayList<>();
    private long bytes;

    @TempDir
    Path home;

    @Test
    void manySmallFiles() throws Exception {
        Assumptions.assumeTrue(Installed.missing("aria2c", "aria2").isEmpty(), "aria2 is not installed: skipped");
        try (Office office = Office.open(home, new Lab.Speed(0, 0));
                FleetService fleet = office.fleet()) {
            make(office.origin().file("many"));
            publish(office, fleet);
            Device holder = office.device(SHARED);
            Device taker = office.device(SHARED);
            fleet.admit(List.of(holder));
            fleet.admit(List.of(taker));
            start(holder);
            start(taker);
            countDials(holder);
            countDials(taker);
            byway("the first device, from the origin", office, holder, holder, taker);
            byway("the second device", office, taker, holder, taker);
            if (Boolean.getBoolean("byway.bench.command")) {
                Device third = office.device(SHARED);
                fleet.admit(List.of(third));
                start(third);
                command(office, third);
            }
            Device plain = office.device();
            measure("curl, one connection", office, plain, curl(plain, office, false), List.of(plain.host()));
            measure("curl, " + PARALLEL + " at once", office, plain, curl(plain, office, true), List.of(plain.host()));
            measure("aria2, " + PARALLEL + " at once", office, plain, aria2(plain, office), List.of(plain.host()));
        }
    }

    private void make(Path folder) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(FILES);
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[random.nextInt(LEAST, MOST + 1)];
            random.nextBytes(content);
            names.add("small-%05d".formatted(i));
            Files.write(folder.resolve(names.getLast()), content);
            bytes += content.length;
        }
    }

    /** A machine that is busy with other things may need more than one try. */
    private static void publish(Office office, FleetService fleet) {
        for (int tries = 5; ; tries--) {
            try {
                fleet.publish(office.origin().file("many"), office.origin().url("many/"));
                return;
            } catch (AssertionError e) {
                if (tries == 1) {
                    throw e;
                }
            }
        }
    }

    private static void start(Device device) {
        String more = System.getProperty("byway.bench.options", "")
                .replace("%d", device.host().port());
        Running agent = device.runUnder(List.of("env", "BYWAY_JAVA_OPTS=" + COUNTING + " " + more), "agent");
        Device.awaitReady(agent);
    }

    // ---- Byway ----

    private void byway(String what, Office office, Device device, Device holder, Device other) throws Exception {
        Map<String, Long> before = coordinatorCalls(device);
        JsonNode sources = status(device).path("sources");
        long dials = dials(holder) + dials(other);
        LocalDoor door = LocalDoor.of(device);
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            List<String> one = door.getting(url(office, name));
            lines.add("url = \"" + one.getLast() + "\"");
            lines.add("output = \"" + Wanted.folder(device).resolve(name) + "\"");
        }
        Path config = Files.write(home.resolve(device.host().port() + ".curl"), lines);
        List<String> command = new ArrayList<>(List.of("curl", "-sSf", "-X", "POST"));
        command.addAll(door.authorized());
        command.addAll(parallel(config));
        measure(
                "Byway, " + PARALLEL + " at once: " + what,
                office,
                device,
                command,
                List.of(holder.host(), other.host(), office.lab().coordinator()));
        System.out.println("bench: many files: " + what + ": "
                + made(before, coordinatorCalls(device)) + "; dialled " + (dials(holder) + dials(other) - dials)
                + "; links " + status(device).path("links").size() + "; came from " + sources + " to "
                + status(device).path("sources"));
    }

    private void command(Office office, Device device) throws Exception {
        List<String> lines =
                names.stream().map(name -> url(office, name) + " " + name).toList();
        Path list = Files.write(home.resolve("list.txt"), lines);
        Map<String, Long> before = coordinatorCalls(device);
        Path into = Files.createDirectories(Wanted.folder(device));
        Running get = device.run("get", "-q", "-i", list.toString(), "-o", into.toString());
        long start = System.nanoTime();
        assertThat(get.awaitEnd(PATIENCE)).as(get::errors).isZero();
        System.out.printf(
                Locale.ROOT,
                "bench: many files: byway get -i: %.1f s; %s; %s%n",
                (System.nanoTime() - start) / 1e9,
                made(before, coordinatorCalls(device)),
                status(device).path("sources"));
    }

    private static JsonNode status(Device device) {
        return MAPPER.readTree(device.host().exec(LocalDoor.of(device).status().toArray(String[]::new)));
    }

    /** How often each of {@link #CALLS} was made so far. */
    private static Map<String, Long> coordinatorCalls(Device device) throws IOException {
        Matcher rows = TIMING.matcher(AgentMemory.of(device).timedMethods());
        Map<String, Long> calls = new TreeMap<>();
        while (rows.find()) {
            calls.put(rows.group(1), Long.parseLong(rows.group(2)));
        }
        return calls;
    }

    private static String made(Map<String, Long> before, Map<String, Long> after) {
        return "calls to the coordinator: "
                + CALLS.stream()
                        .map(call -> call + " " + (after.getOrDefault(call, 0L) - before.getOrDefault(call, 0L)))
                        .collect(Collectors.joining(", "));
    }

    /** Counts who dials a device, from now on. */
    private static void countDials(Device device) {
        device.host()
                .exec(
                        "nft",
                        "table inet dials { chain in { type filter hook input priority 0; iifname eth0 tcp dport "
                                + PORT + " tcp flags & (syn | ack) == syn counter; }; }");
    }

    private static long dials(Device device) {
        return Long.parseLong(
                device.host().exec("nft", "list table inet dials").replaceAll("(?s).*packets ([0-9]+) bytes.*", "$1"));
    }

    // ---- the others ----

    private List<String> curl(Device device, Office office, boolean parallel) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            lines.add("url = \"" + plain(url(office, name)) + "\"");
            lines.add("output = \"" + Wanted.folder(device).resolve(name) + "\"");
        }
        Path config = Files.write(home.resolve("plain.curl"), lines);
        List<String> command = new ArrayList<>(List.of("curl", "-sSf"));
        command.addAll(parallel ? parallel(config) : List.of("-K", config.toString()));
        return command;
    }

    private static List<String> parallel(Path config) {
        return List.of("--parallel", "--parallel-max", Integer.toString(PARALLEL), "-K", config.toString());
    }

    private List<String> aria2(Device device, Office office) throws IOException {
        List<String> urls = names.stream().map(name -> plain(url(office, name))).toList();
        Path list = Files.write(home.resolve("aria2.txt"), urls);
        return List.of(
                "aria2c",
                "--no-conf=true",
                "-q",
                "-j" + PARALLEL,
                "--file-allocation=none",
                "-d",
                Wanted.folder(device).toString(),
                "-i",
                list.toString());
    }

    private static URI url(Office office, String name) {
        return office.origin().url("many/" + name);
    }

    private static String plain(URI url) {
        return "http" + url.toString().substring("https".length());
    }

    // ---- measured alike ----

    private void measure(String what, Office office, Device device, List<String> command, List<Host> hosts)
            throws IOException {
        Path into = Files.createDirectories(Wanted.folder(device));
        List<Host> all = new ArrayList<>(hosts);
        all.add(office.lab().origin());
        LabProcesses processes = new LabProcesses(all);
        long asked = office.origin().requests();
        double work = processes.seconds();
        Processors busy = Processors.now();
        long start = System.nanoTime();
        Running running = device.host().spawn(command);
        assertThat(running.awaitEnd(PATIENCE)).as(running::errors).isZero();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "bench: many files: %s: %d files, %.0f MB: %.2f s, %.0f a second; %.1f CPU-s; %d requests at the origin; %s%n",
                what,
                names.size(),
                bytes / 1e6,
                seconds,
                names.size() / seconds,
                processes.seconds() - work,
                office.origin().requests() - asked,
                Processors.now().since(busy));
        for (String name : names) {
            Path got = into.resolve(name);
            assertThat(Files.mismatch(got, office.origin().file("many/" + name)))
                    .as(name)
                    .isEqualTo(-1);
            Files.delete(got);
        }
    }
}
