package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.Office;
import dev.byway.e2e.Program;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a real agent takes: memory without links, with 32 and with 200, as many as it dials at the most; memory and processor time while
 * it takes a large file at full speed, from 200 neighbours and from one. {@code -Dbyway.memory.megabytes} says how large. {@code
 * -Dbyway.memory.flags} gives the agent more flags; with {@link AgentMemory#COUNTED} it is told what the memory is for.
 */
@Tag("netns")
class MemoryBench {
    private static final Lab.Speed SPEED = new Lab.Speed(10_000, 10_000);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final Duration SAMPLE = Duration.ofMillis(100);
    private static final int PORT = 7680;
    private static final int MOST = 200;
    private static final int PER_ADDRESS = 8;
    private static final int SMALL = 2 << 20;
    private static final int MIB = 1 << 20;

    private static final String FLAGS = System.getProperty("byway.memory.flags", "");

    @TempDir
    Path home;

    @Test
    void idle() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            Device device = office.device("peer.links=" + MOST);
            Device crowd = office.device();
            PublishedFile file = office.publish("small.bin", SMALL);
            try (Running first = start(device)) {
                get(device, file);
                Thread.sleep(SETTLED);
                say("after its first start and a file of 2 MiB", device);
                first.signal("TERM");
                first.awaitEnd(PATIENCE);
            }
            start(device);
            Thread.sleep(SETTLED);
            say("started again", device);
            for (int links : List.of(32, MOST)) {
                try (Running _ = link(crowd, device, file, links)) {
                    Thread.sleep(SETTLED);
                    say(many(device) + " links", device);
                    sayParts(device);
                }
            }
        }
    }

    @Test
    void downloadingFromMany() throws Exception {
        download(MOST);
    }

    @Test
    void downloadingFromOne() throws Exception {
        download(1);
    }

    private void download(int links) throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            Device device = office.device("peer.links=" + MOST);
            Device crowd = office.device();
            PublishedFile small = office.publish("small.bin", SMALL);
            PublishedFile file = large(office, Integer.getInteger("byway.memory.megabytes", 2048));
            start(device);
            get(device, small);
            try (Running _ = link(crowd, device, file, links)) {
                AgentMemory memory = AgentMemory.of(device);
                double before = memory.processorSeconds();
                long start = System.nanoTime();
                Running get = device.get(file);
                double most = 0;
                while (!get.endsWithin(SAMPLE)) {
                    most = Math.max(most, memory.mib("VmRSS"));
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                double work = memory.processorSeconds() - before;
                System.out.printf(
                        Locale.ROOT,
                        "bench: memory: %d MiB from %d links in %.1f s, %.2f CPU-s/GB for the agent; most resident %.1f MiB%n",
                        file.length() / MIB,
                        many(device),
                        seconds,
                        work * 1e9 / file.length(),
                        most);
                System.out.println("bench: memory: it said "
                        + get.output()
                                .replaceAll(".*(\"sources\":\\{[^}]*}).*", "$1")
                                .strip());
                sayParts(device);
                Thread.sleep(SETTLED);
                say("30 s later", device);
            }
        }
    }

    private static void say(String when, Device device) throws IOException {
        System.out.println(
                "bench: memory: " + when + ": " + AgentMemory.of(device).resident());
    }

    private static void sayParts(Device device) throws IOException {
        if (FLAGS.contains(AgentMemory.COUNTED)) {
            System.out.println("bench: memory: " + AgentMemory.of(device).parts());
        }
    }

    private static Running start(Device device) {
        Running agent = device.runUnder(List.of("env", "BYWAY_JAVA_OPTS=" + FLAGS), "agent");
        Device.awaitReady(agent);
        return agent;
    }

    private static int many(Device device) {
        return device.status().path("links").size();
    }

    private static void get(Device device, PublishedFile file) {
        if (device.get(file).awaitEnd(PATIENCE) != 0) {
            throw new AssertionError("the first file did not come");
        }
    }

    /** So many devices, eight at an address, with links to the agent of {@code device}. */
    private static Running link(Device crowd, Device device, PublishedFile file, int links) {
        List<String> devices = new ArrayList<>();
        for (int i = 0; i < links; i++) {
            String address = "10.77.0." + (100 + i / PER_ADDRESS);
            if (i % PER_ADDRESS == 0) {
                crowd.host().exec("ip", "addr", "replace", address + "/24", "dev", "eth0");
            }
            devices.add(crowd.state().resolve("key" + i).toString());
            devices.add(address);
        }
        Running running =
                crowd.host().spawn(LinkCrowd.command(file.path(), device.host().address(), PORT, devices));
        running.awaitLine("ready", PATIENCE);
        return running;
    }

    /** Written and published piecemeal: it does not fit this process. */
    private PublishedFile large(Office office, int megabytes) throws IOException {
        Path path = office.origin().file("large.bin");
        Random random = new Random(1);
        byte[] chunk = new byte[MIB];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(chunk);
                out.write(chunk);
            }
        }
        PublishedFile file =
                new PublishedFile("large.bin", office.origin().url("large.bin"), path, (long) megabytes * MIB);
        Running publish = office.lab()
                .coordinator()
                .spawn(Program.command(
                        "publish",
                        path.toString(),
                        "--url",
                        file.url().toString(),
                        "--state",
                        home.resolve("publisher").toString()));
        if (publish.awaitEnd(PATIENCE) != 0) {
            throw new AssertionError("publish failed: " + publish.errors());
        }
        return file;
    }
}
