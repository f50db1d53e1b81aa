package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.PieceLayout;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A published file is replaced by one with one byte changed: what is the same is not fetched again. {@code
 * -Dbyway.replaced.megabytes=1024} for a larger one.
 */
@Tag("netns")
class ReplacedFileTest {
    private static final long LENGTH = Long.getLong("byway.replaced.megabytes", 96) << 20;
    private static final int CHUNK = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path home;

    private static void write(Path path) throws IOException {
        Random random = new Random(7);
        byte[] chunk = new byte[CHUNK];
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at = 0; at < LENGTH; at += CHUNK) {
                random.nextBytes(chunk);
                channel.write(ByteBuffer.wrap(chunk));
            }
        }
    }

    /** As a new file in its place, which is what servers can be asked to do. */
    private static void changeOneByte(Path path) throws IOException {
        Path fresh = Files.copy(path, path.resolveSibling("fresh"));
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, LENGTH / 3);
            one.put(0, (byte) (one.get(0) + 1)).flip();
            channel.write(one, LENGTH / 3);
        }
        Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void publish(Device publisher, PublishedFile file) {
        Running publish = publisher.run(
                "publish", file.path().toString(), "--url", file.url().toString(), "-q");
        assertThat(publish.awaitEnd(PATIENCE)).as(publish::errors).isZero();
    }

    @Test
    void whatTheOldVersionHasIsNotFetchedAgain() throws Exception {
        try (Office office = Office.open(home, new Lab.Speed(1000, 1000))) {
            PublishedFile file = new PublishedFile(
                    "image.bin",
                    office.origin().url("image.bin"),
                    office.origin().file("image.bin"),
                    LENGTH);
            Device publisher = office.device();
            Device device = office.device("lan.discovery=off");
            write(file.path());
            publish(publisher, file);
            device.startAgent();
            assertThat(Fetched.await(device, file, device.get(file), PATIENCE).origin())
                    .isEqualTo(LENGTH);
            changeOneByte(file.path());
            publish(publisher, file);
            Fetched again = Fetched.await(device, file, device.get(file), PATIENCE);
            System.out.println("one byte of " + LENGTH + " changed: " + again.report());
            assertThat(again.origin()).isBetween(1L, 2L * PieceLayout.of(LENGTH).pieceLength());
            assertThat(again.report().path("reasons").toString()).contains("PIECES_REUSED");
        }
    }
}
