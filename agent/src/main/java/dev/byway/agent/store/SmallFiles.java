package dev.byway.agent.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Reads and replaces small files whole: after a power cut there is the old one or the new one, never a mixture. */
final class SmallFiles {
    /** Ends the name of a file that is not in place yet. */
    static final String UNFINISHED = ".new";

    private final Disk disk;

    SmallFiles(Disk disk) {
        this.disk = disk;
    }

    /**
     * The bytes of a file; empty when there is none.
     *
     * @throws IOException also when it is longer than {@code max}
     */
    Optional<byte[]> read(Path path, int max) throws IOException {
        try (DiskFile file = disk.open(path, Disk.Access.READ)) {
            long size = file.size();
            if (size > max) {
                throw new IOException("a file of " + size + " bytes where at most " + max + " belong");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
                // the loop's condition reads
            }
            return Optional.of(Arrays.copyOf(bytes.array(), bytes.position()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** Puts {@code bytes} in place of the file's, durably. */
    void replace(Path path, byte[] bytes) throws IOException {
        Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED);
        disk.delete(unfinished);
        try (DiskFile file = disk.open(unfinished, Disk.Access.WRITE)) {
            file.write(ByteBuffer.wrap(bytes), 0);
            file.force();
        }
        disk.rename(unfinished, path);
        disk.forceFolder(folderOf(path));
    }

    /** Deletes a folder of files. */
    void deleteFolder(Path folder) throws IOException {
        for (Disk.Entry entry : disk.list(folder)) {
            disk.delete(folder.resolve(entry.name()));
        }
        disk.delete(folder);
    }

    static Path folderOf(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " is in no folder");
        }
        return parent;
    }
}
