package dev.byway.agent.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The sparse file of a content's bytes, opened when it is used. Any thread. */
final class DataFile {
    private final OpenFiles files;
    private final Path path;

    DataFile(OpenFiles files, Path path) {
        this.files = files;
        this.path = path;
    }

    Path path() {
        return path;
    }

    void write(long position, ByteBuffer from) throws IOException {
        files.use(path, Disk.Access.WRITE, file -> {
            file.write(from, position);
            return path;
        });
    }

    /** Fills {@code into}. */
    void read(long position, ByteBuffer into) throws IOException {
        files.use(path, Disk.Access.READ, file -> {
            long at = position;
            while (into.hasRemaining()) {
                int count = file.read(into, at);
                if (count < 0) {
                    throw new EOFException(path + " ends at byte " + at);
                }
                at += count;
            }
            return path;
        });
    }

    void force() throws IOException {
        files.force(path);
    }

    void close() {
        files.forget(path);
    }
}
