package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of many files, published at the coordinator as one. */
@Tag("netns")
class FolderTest {
    private static final int SMALL_FILES = 150;
    private static final int LARGE = 8 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path home;

    @Test
    void filesOfAFolderGoFromDeviceToDevice() throws Exception {
        try (Office office = Office.open(home, new Lab.Speed(200, 50));
                FleetService fleet = office.fleet()) {
            PublishedFile first = put(office, "pool/a/first package.bin", 1);
            PublishedFile last = put(office, "pool/z/last.bin", 2);
            for (int i = 0; i < SMALL_FILES; i++) {
                Files.writeString(office.origin().file("pool/file-" + i), "file " + i);
            }
            fleet.publish(office.origin().file("pool"), office.origin().url("pool/"));
            List<Device> devices = office.devices(3, "lan.discovery=off");
            fleet.admit(devices);
            Office.start(devices);
            for (PublishedFile file : List.of(first, last)) {
                assertThat(fetch(devices.get(0), file).origin()).isEqualTo(LARGE);
                assertThat(fetch(devices.get(1), file).lan()).isEqualTo(LARGE);
                assertThat(fetch(devices.get(2), file).lan()).isEqualTo(LARGE);
            }
        }
    }

    private static Fetched fetch(Device device, PublishedFile file) throws IOException {
        Fetched fetched = Fetched.await(device, file, device.get(file), PATIENCE);
        System.out.println("a folder's file: " + fetched.report());
        return fetched;
    }

    private static PublishedFile put(Office office, String name, long seed) throws IOException {
        byte[] content = new byte[LARGE];
        new Random(seed).nextBytes(content);
        Path path = office.origin().file(name);
        Files.createDirectories(path.resolveSibling("."));
        Files.write(path, content);
        return new PublishedFile(name, office.origin().url(name.replace(" ", "%20")), path, LARGE);
    }
}
