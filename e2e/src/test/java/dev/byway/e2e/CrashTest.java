package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreOptions;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.ByteRange;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of a download, again and again. {@code byway get} alone is the agent, too. */
@Tag("netns")
class CrashTest {
    private static final int LENGTH = 50 << 20;
    private static final Lab.Speed SPEED = new Lab.Speed(100, 20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What one kill may cost: a second that was not durable yet, and what was on its way. */
    private static final long PER_KILL = SPEED.uplinkMbit() * 1_000_000L / 8 + (4 << 20);

    @TempDir
    Path home;

    @Test
    void fiveKillsLeaveTheFileWholeAndFetchLittleTwice() throws Exception {
        crash(5);
    }

    @Test
    @Tag("long")
    void twentyKillsLeaveTheFileWholeAndFetchLittleTwice() throws Exception {
        crash(20);
    }

    private void crash(int kills) throws Exception {
        Random seeded = new Random(kills);
        try (Office office = Office.open(home, SPEED)) {
            PublishedFile file = office.publish("crash.bin", LENGTH);
            Device device = office.device();
            int killed = 0;
            while (killed < kills) {
                List<ByteRange> durable = durable(device);
                int asked = office.origin().parts(file.name()).size();
                long moment = device.host().received() + seeded.nextInt(2 * LENGTH / kills);
                Running get = device.get(file);
                boolean done = get.endsBefore(() -> device.host().received() > moment, PATIENCE);
                if (!done) {
                    get.kill();
                    killed++;
                }
                askedForNoneOf(durable, office.origin().parts(file.name()), asked);
                if (done) {
                    break;
                }
            }
            long partly = office.origin().sent(file.name());
            List<ByteRange> durable = durable(device);
            int asked = office.origin().parts(file.name()).size();
            Fetched rest = Fetched.await(device, file, device.get(file), PATIENCE);
            askedForNoneOf(durable, office.origin().parts(file.name()), asked);
            long twice = office.origin().sent(file.name()) - LENGTH;
            System.out.printf(
                    "%d kills: %d bytes sent before the last start, %d fetched after it, %d sent twice, %d allowed;"
                            + " %d durable pieces at the last start, none asked for again%n",
                    killed, partly, rest.bytes(), twice, killed * PER_KILL, durable.size());
            assertThat(killed).as("kills before the download was done").isGreaterThanOrEqualTo(kills / 2);
            assertThat(twice).isLessThanOrEqualTo(killed * PER_KILL);
        }
    }

    /** The pieces that the dead agent's cache holds, as the next one will find them. */
    private static List<ByteRange> durable(Device device) {
        StoreOptions reading = StoreOptions.standard();
        try (ContentStore store = ContentStore.open(device.state().resolve("cache"), reading)) {
            return store.list().stream()
                    .flatMap(entry -> store.find(entry.id()).stream())
                    .flatMap(CrashTest::durable)
                    .toList();
        }
    }

    private static Stream<ByteRange> durable(StoredContent content) {
        try (content) {
            PieceSet pieces = content.held(); // of a store just opened: those whose bits had become durable
            return IntStream.range(0, content.layout().pieceCount())
                    .filter(pieces::has)
                    .mapToObj(content.layout()::piece)
                    .toList()
                    .stream();
        }
    }

    private static void askedForNoneOf(List<ByteRange> durable, List<ByteRange> parts, int before) {
        List<ByteRange> asked = parts.subList(before, parts.size()).stream()
                .filter(part -> part.length() > 1) // one byte is a look at what is there
                .toList();
        for (ByteRange part : asked) {
            assertThat(durable)
                    .as("durable pieces that were asked for again, in %s", part)
                    .noneMatch(piece -> piece.offset() < part.end() && part.offset() < piece.end());
        }
    }
}
