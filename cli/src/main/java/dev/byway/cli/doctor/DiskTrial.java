package dev.byway.cli.doctor;

import dev.byway.core.unit.Rate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Writes a few blocks and makes each durable, to see what a disk can do. The file is deleted while it is open, so that nothing
 * is left, however this ends.
 */
final class DiskTrial {
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 8;
    private static final Duration TIME = Duration.ofSeconds(2);

    private DiskTrial() {}

    /**
     * How fast the fastest block was, because others may use the disk at the same time. Begins no block after {@link #TIME}.
     *
     * @throws IOException when nothing can be written there
     */
    static Rate in(Path folder) throws IOException {
        byte[] block = new byte[BLOCK];
        new SplittableRandom(1).nextBytes(block); // so that no disk or file system can shrink it
        Path file = folder.resolve(".doctor-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            long began = System.nanoTime();
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < BLOCKS && System.nanoTime() - began < TIME.toNanos(); i++) {
                long before = System.nanoTime();
                ByteBuffer bytes = ByteBuffer.wrap(block);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
                fastest = Math.min(fastest, System.nanoTime() - before);
            }
            return Rate.of(BLOCK, Duration.ofNanos(Math.max(1, fastest)));
        }
    }
}
