package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.FleetService;
import dev.byway.e2e.Office;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An agent that stays, while four others come, fetch, drop, leave or are killed, and all of them fetch ever new files of
 * various sizes: whether what it takes of the machine stays flat. {@code -Dbyway.bench.minutes} says for how long (30). {@code
 * -Dbyway.memory.flags} gives it more flags; with {@link AgentMemory#COUNTED} it is told what the memory is for.
 */
@Tag("netns")
class ChurnBench {
    private static final int OTHERS = 4;
    private static final int LATEST = 12;
    private static final List<Integer> SIZES =
            List.of(1 << 10, 48 << 10, 300 << 10, 1 << 20, 3 << 20, 8 << 20, 20 << 20, 48 << 20);
    private static final Lab.Speed SPEED = new Lab.Speed(400, 100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FLAGS = System.getProperty("byway.memory.flags", "");
    private static final int MINUTES = Integer.getInteger("byway.bench.minutes", 30);

    /** Looks before the first line counts: what is compiled and loaded until then is no leak. */
    private static final int SETTLING = Math.min(5, MINUTES / 4);

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ConcurrentLinkedDeque<PublishedFile> files = new ConcurrentLinkedDeque<>();
    private final AtomicInteger fetched = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger killed = new AtomicInteger();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private volatile boolean over;

    @TempDir
    Path home;

    /** What the agent takes at one moment. */
    private record Look(double resident, double anonymous, double heap, double threads, double tasks, double files) {}

    @Test
    void whatAnAgentTakesStaysFlat() throws Exception {
        try (Office office = Office.open(home, SPEED);
                FleetService fleet = office.fleet()) {
            Device lasting = office.device();
            List<Device> others = office.devices(OTHERS);
            List<Device> all = new ArrayList<>(others);
            all.add(lasting);
            all.forEach(device -> fleet.admit(List.of(device)));
            Device.awaitReady(lasting.runUnder(List.of("env", "BYWAY_JAVA_OPTS=" + FLAGS), "agent"));
            publish(office, 0);
            List<Look> looks;
            List<Future<?>> parts = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                parts.add(threads.submit(() -> publishAll(office)));
                parts.add(threads.submit(() -> stay(lasting)));
                for (int i = 0; i < OTHERS; i++) {
                    Device device = others.get(i);
                    Random random = new Random(i);
                    parts.add(threads.submit(() -> comeAndGo(device, random)));
                }
                try {
                    looks = look(lasting);
                } finally {
                    over = true;
                }
            }
            for (Future<?> part : parts) {
                part.get();
            }
            System.out.println("bench: churn: the one that stayed: "
                    + status(lasting).path("sources") + ", uploaded "
                    + status(lasting).path("uploaded") + ", links "
                    + status(lasting).path("links").size());
            System.out.println("bench: churn: in vain: " + failures);
            report(looks);
        }
    }

    private List<Look> look(Device device) throws Exception {
        AgentMemory memory = AgentMemory.of(device);
        List<Look> looks = new ArrayList<>();
        for (int minute = 1; minute <= MINUTES; minute++) {
            Thread.sleep(Duration.ofMinutes(1));
            double resident = memory.mib("VmRSS");
            double anonymous = memory.mib("RssAnon");
            Look look = new Look(
                    resident, anonymous, memory.liveHeapMib(), memory.threads(), memory.tasks(), memory.openFiles());
            looks.add(look);
            System.out.printf(
                    Locale.ROOT,
                    "bench: churn: minute %d: resident %.1f MiB (%.1f anonymous), heap after collection %.1f MiB,"
                            + " %.0f threads, %.0f virtual ones, %.0f open files; %d fetched, %d in vain,"
                            + " %d came, %d of them were killed%n",
                    minute,
                    look.resident(),
                    look.anonymous(),
                    look.heap(),
                    look.threads(),
                    look.tasks(),
                    look.files(),
                    fetched.get(),
                    failed.get(),
                    came.get(),
                    killed.get());
            if (FLAGS.contains(AgentMemory.COUNTED) && (minute == SETTLING || minute == MINUTES)) {
                System.out.println("bench: churn: minute " + minute + ": " + memory.parts());
            }
        }
        return looks;
    }

    private static void report(List<Look> looks) {
        List<Look> settled = looks.subList(SETTLING, looks.size());
        if (settled.size() < 3) {
            return;
        }
        tell(settled, "resident, MiB", Look::resident);
        tell(settled, "anonymous, MiB", Look::anonymous);
        tell(settled, "heap after collection, MiB", Look::heap);
        tell(settled, "threads", Look::threads);
        tell(settled, "virtual threads", Look::tasks);
        tell(settled, "open files", Look::files);
    }

    private static void tell(List<Look> looks, String what, ToDoubleFunction<Look> of) {
        System.out.println("bench: churn: a minute, after the first " + SETTLING + ": " + what + ": "
                + Trend.of(looks.stream().map(look -> of.applyAsDouble(look)).toList()));
    }

    // ---- files ----

    private void publishAll(Office office) {
        for (int i = 1; !over; i++) {
            pause(2500);
            try {
                publish(office, i);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void publish(Office office, int number) throws IOException {
        files.add(office.publish("churn-" + number + ".bin", SIZES.get(number * 5 % SIZES.size())));
        if (files.size() > LATEST) {
            PublishedFile oldest = files.remove();
            Files.deleteIfExists(oldest.path());
            Files.deleteIfExists(oldest.path().resolveSibling(oldest.name() + ".byway"));
        }
    }

    private PublishedFile any(Random random) {
        List<PublishedFile> all = List.copyOf(files);
        return all.get(random.nextInt(all.size()));
    }

    // ---- devices ----

    private void stay(Device device) {
        Random random = new Random(77);
        while (!over) {
            fetch(device, any(random));
            drop(device, 6);
            pause(500 + random.nextInt(1500));
        }
    }

    private void comeAndGo(Device device, Random random) {
        while (!over) {
            Running agent = device.startAgent();
            came.incrementAndGet();
            for (int left = 2 + random.nextInt(8); left > 0 && !over; left--) {
                fetch(device, any(random));
                drop(device, 3);
                pause(random.nextInt(3000));
            }
            if (random.nextInt(3) == 0) {
                killed.incrementAndGet();
                device.host().killAll();
                agent.kill();
            } else {
                agent.close();
            }
            pause(random.nextInt(10_000));
        }
    }

    private void fetch(Device device, PublishedFile file) {
        Path into = device.state().resolveSibling(device.state().getFileName() + "-got");
        List<String> curl = LocalDoor.of(device).getting(file.url());
        curl.addAll(List.of("-o", into.toString()));
        Running running = device.host().spawn(curl);
        if (running.awaitEnd(PATIENCE) == 0) {
            fetched.incrementAndGet();
        } else {
            failed.incrementAndGet();
            failures.merge(running.errors().strip(), 1, Integer::sum);
        }
    }

    /** Its oldest contents, until so many are left. */
    private static void drop(Device device, int left) {
        List<JsonNode> held = new ArrayList<>();
        status(device).path("contents").forEach(held::add);
        held.sort(Comparator.comparing(content -> content.path("lastUsed").asString("")));
        for (JsonNode content : held.subList(0, Math.max(0, held.size() - left))) {
            // One that is in use stays.
            device.host()
                    .spawn(LocalDoor.of(device)
                            .dropping(content.path("contentId").asString("")))
                    .awaitEnd(PATIENCE);
        }
    }

    private static JsonNode status(Device device) {
        return MAPPER.readTree(device.host().exec(LocalDoor.of(device).status().toArray(String[]::new)));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
