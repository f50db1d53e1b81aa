package dev.byway.cli.demo;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.terminal.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The folder of one demo, with all that it makes; gone when it is closed. */
final class DemoFolder implements AutoCloseable {
    /** The file that is made when none is given. */
    static final long DEFAULT_LENGTH = 256L << 20;

    private static final int BUFFER = 1 << 20;
    private static final int MOST_ATTEMPTS = 20;

    private final Path path;

    private DemoFolder(Path path) {
        this.path = path;
    }

    static DemoFolder make() {
        try {
            return new DemoFolder(Files.createTempDirectory("byway-demo-"));
        } catch (IOException e) {
            throw CommandException.failed(
                    "cannot make a temporary folder (" + Trouble.of(e) + "): set TMPDIR to another place");
        }
    }

    Path path() {
        return path;
    }

    /**
     * Says so when this folder's disk cannot take it.
     *
     * @throws CommandException then
     */
    void mustHaveRoom(long bytes) {
        try {
            long free = Files.getFileStore(path).getUsableSpace();
            if (free < bytes) {
                throw CommandException.failed(
                        "DISK_FULL",
                        "the demo needs " + Words.size(bytes) + " and " + path.getParent() + " has " + Words.size(free)
                                + ": set TMPDIR to another place, or use a smaller file or fewer devices");
            }
        } catch (IOException e) {
            throw CommandException.failed("cannot look at the disk of " + path + " (" + Trouble.of(e) + ")");
        }
    }

    /** A file of bytes that cannot be compressed, so that nothing but sharing can save any. */
    Path makeFile(long length) {
        Path file = path.resolve("demo.bin");
        SplittableRandom random = new SplittableRandom();
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = length; left > 0; left -= BUFFER) {
                random.nextBytes(buffer);
                out.write(buffer, 0, (int) Math.min(BUFFER, left));
            }
            return file;
        } catch (IOException e) {
            throw CommandException.failed("cannot write " + file + " (" + Trouble.of(e) + ")");
        }
    }

    /** Anew where the last writes of a process that ends, or another thread that closes, got in between. */
    @Override
    public synchronized void close() {
        for (int i = 0; i < MOST_ATTEMPTS && Files.exists(path); i++) {
            deleteAll();
        }
    }

    private void deleteAll() {
        try (Stream<Path> all = Files.walk(path)) {
            all.sorted(Comparator.reverseOrder()).forEach(DemoFolder::delete);
        } catch (IOException | UncheckedIOException e) {
            return;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
