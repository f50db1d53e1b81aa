package dev.byway.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.Digest;
import dev.byway.core.unit.Moment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A spool never offers to continue a file with bytes of another version, whenever the power goes and the disk fails. */
class SpoolPowerCutProperties {
    private static final Digest KEY = Digest.sha256(new byte[] {1});

    @Property(tries = 150)
    void whatASpoolOffersToContinueIsTheFileOfItsEtag(@ForAll Random random) throws InterruptedException {
        Device device = new Device();
        for (int life = 0; life < 5; life++) {
            device.disk.cutPowerAt(device.disk.steps() + 1 + random.nextInt(40));
            try {
                while (true) {
                    device.download(random);
                }
            } catch (SimulatedDisk.PowerCut _) {
                device.disk.restart(random);
            }
            try (ContentStore store = device.open();
                    Spool spool = store.spools().open(KEY).orElseThrow()) {
                device.check(spool);
            }
        }
    }

    /** A device whose origin changes the file now and then. */
    private static final class Device {
        final SimulatedDisk disk = new SimulatedDisk();
        private Moment now = Moment.ZERO;

        ContentStore open() {
            StoreOptions options = new StoreOptions(() -> now, () -> Instant.EPOCH, 4, false);
            return ContentStore.open(Path.of("/cache"), options, disk);
        }

        void download(Random random) throws InterruptedException {
            disk.work();
            ContentStore store = open();
            disk.failWith((step, operation) ->
                    random.nextInt(30) == 0 ? Optional.of(new IOException("injected")) : Optional.empty());
            try (store;
                    Spool spool = store.spools().open(KEY).orElseThrow()) {
                for (int i = 0; i < 20; i++) {
                    check(spool);
                    if (spool.length() == 0 || random.nextInt(8) == 0) {
                        int version = random.nextInt(3);
                        spool.startOver(Optional.of("\"" + version + "\""), Optional.empty(), OptionalLong.empty());
                    }
                    byte[] file = version(spool);
                    int at = (int) spool.length();
                    int count = Math.min(file.length - at, 1 + random.nextInt(3000));
                    spool.append(ByteBuffer.wrap(file, at, count));
                    now = now.plus(Duration.ofMillis(400));
                    store.commitDue();
                }
            } catch (StoreException _) {
                // an injected failure ends this download
            }
        }

        void check(Spool spool) throws InterruptedException {
            int length = (int) spool.length();
            if (length > 0) {
                ByteBuffer read = ByteBuffer.allocate(length);
                try (SpoolReader reader = spool.reader()) {
                    while (read.hasRemaining()) {
                        reader.read(read);
                    }
                }
                assertThat(read.array()).isEqualTo(Arrays.copyOf(version(spool), length));
            }
        }

        /** The file that an ETag stands for. */
        private static byte[] version(Spool spool) {
            byte[] bytes = new byte[100_000];
            new Random(spool.state().etag().orElseThrow().hashCode()).nextBytes(bytes);
            return bytes;
        }
    }
}
