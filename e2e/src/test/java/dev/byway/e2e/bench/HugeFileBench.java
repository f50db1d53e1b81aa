package dev.byway.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.Office;
import dev.byway.e2e.Processors;
import dev.byway.e2e.Program;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A huge file into a device's store, the agent killed in the middle: whether memory grows with the file, what is fetched twice,
 * and whether all of it is proved at the end, read back from the disk. {@code -Dbyway.bench.gigabytes} says how many GiB (20;
 * always after 1 GiB, to compare). The origin's copy has holes, the device's has none: so much must be free on the disk.
 */
@Tag("netns")
class HugeFileBench {
    private static final long GIB = 1L << 30;
    private static final int MARK = 16 << 10;
    private static final int MARKS_APART = 1 << 20;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    Path home;

    @Test
    void memoryDoesNotGrowWithTheFile() throws Exception {
        try (Office office = Office.open(home, new Lab.Speed(0, 0))) {
            fetch(office, GIB);
            fetch(office, Integer.getInteger("byway.bench.gigabytes", 20) * GIB);
        }
    }

    /** A device of its own, so that what the first agent compiled is no help to the second. */
    private void fetch(Office office, long length) throws Exception {
        String name = length / GIB + "GiB.bin";
        URI url = publish(office, name, length);
        Device device = office.device("DOMaxCacheSize=95");
        Running agent = device.startAgent();
        Processors busy = Processors.now();
        long start = System.nanoTime();
        JsonNode middle = watch(device, url, length / 2);
        tell(name + ", half of it", device, middle, start);
        agent.kill();
        device.host().killAll();
        device.startAgent();
        JsonNode end = watch(device, url, length);
        tell(name + ", all, with a new agent since the middle", device, end, start);
        long sent = office.origin().sent(name);
        String content = end.path("contentId").asString("");
        LocalDoor door = LocalDoor.of(device);
        String verified =
                device.host().spawn(door.verifying(content)).awaitEnd(PATIENCE) == 0 ? "read back and proved" : "?";
        System.out.printf(
                Locale.ROOT,
                "bench: huge: %s: %s; held after the restart %d MiB, fetched then %d MiB; origin sent %.4f of the file; %s%n",
                name,
                verified,
                end.path("held").asLong() >> 20,
                end.path("bytes").asLong() >> 20,
                (double) sent / length,
                Processors.now().since(busy));
        assertThat(end.path("held").asLong() + end.path("bytes").asLong()).isEqualTo(length);
        Files.delete(office.origin().file(name));
        device.host().exec(door.dropping(content).toArray(String[]::new));
    }

    /** Has it fetched until so much is ready. */
    private static JsonNode watch(Device device, URI url, long until) throws InterruptedException {
        LocalDoor door = LocalDoor.of(device);
        String id = ask(device, door.starting(url)).path("id").asString("");
        while (true) {
            JsonNode status = ask(device, door.job(id));
            long ready = status.path("held").asLong() + status.path("bytes").asLong();
            assertThat(status.path("state").asString("")).as(status::toString).isNotEqualTo("failed");
            if (status.path("state").asString("").equals("done")) {
                ask(device, door.ending(id));
                return status;
            }
            if (ready >= until && until < status.path("length").asLong()) {
                return status;
            }
            Thread.sleep(LOOK);
        }
    }

    private static JsonNode ask(Device device, List<String> curl) {
        return MAPPER.readTree(device.host().exec(curl.toArray(String[]::new)));
    }

    private static void tell(String what, Device device, JsonNode status, long start) throws IOException {
        AgentMemory memory = AgentMemory.of(device);
        System.out.printf(
                Locale.ROOT,
                "bench: huge: %s: %.0f s since the start, %.1f CPU-s; %s; heap after collection %.1f MiB; neighbours %d%n",
                what,
                (System.nanoTime() - start) / 1e9,
                memory.processorSeconds(),
                memory.resident(),
                memory.liveHeapMib(),
                status.path("neighbours").asInt());
    }

    /** Random bytes in each mebibyte, holes between them: no two pieces are alike. */
    private URI publish(Office office, String name, long length) throws IOException {
        Path path = office.origin().file(name);
        SplittableRandom random = new SplittableRandom(length);
        byte[] mark = new byte[MARK];
        try (FileChannel file =
                FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            for (long at = 0; at + MARK <= length; at += MARKS_APART) {
                random.nextBytes(mark);
                file.write(ByteBuffer.wrap(mark), at);
            }
            file.write(ByteBuffer.wrap(new byte[1]), length - 1);
        }
        URI url = office.origin().url(name);
        Running publish = office.lab()
                .coordinator()
                .spawn(Program.command(
                        "publish",
                        path.toString(),
                        "--url",
                        url.toString(),
                        "--state",
                        home.resolve("publisher").toString()));
        assertThat(publish.awaitEnd(PATIENCE)).as(publish::errors).isZero();
        return url;
    }
}
