package dev.byway.agent.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that the store asks of a file system: a seam, so that tests can fill it up, break it and cut its power.
 *
 * <p>The promises that the store builds on: bytes are safe after {@link DiskFile#force()} returned; a file's creation,
 * renaming or deletion is safe after {@link #forceFolder} of its folder returned; a rename puts the new file in place of
 * the old one at once. Everything else may be lost, in part and in any order, when power is cut. Any thread.
 */
interface Disk {
    /** What a file is opened for. */
    enum Access {
        READ,
        /** Reading and writing; the file is made when it is missing. */
        WRITE
    }

    /** The answer to {@link #lock}. */
    sealed interface Lock {
        /** Ours until it is closed or the process ends. */
        record Held(Closeable release) implements Lock {}

        /**
         * Somebody else's.
         *
         * @param holder who, as far as it is known
         */
        record Busy(String holder) implements Lock {}
    }

    /** A name in a folder. */
    record Entry(String name, boolean isFolder) {}

    /**
     * Makes the folder of the whole store with rights for its owner only, or checks the one that is there.
     *
     * @return the folder without links on the way to it
     * @throws StoreException when it belongs to somebody else
     */
    Path prepareRoot(Path folder) throws IOException;

    /** Takes the lock whose file is {@code file}. */
    Lock lock(Path file) throws IOException;

    /** Makes a folder with rights for its owner only, unless it is there; whether it was not. */
    boolean createFolder(Path folder) throws IOException;

    /** What is in a folder, in no order. Links are not folders. */
    List<Entry> list(Path folder) throws IOException;

    /** The size of a regular file; empty when there is none. */
    OptionalLong size(Path file) throws IOException;

    /** Opens a regular file, never through a link. */
    DiskFile open(Path file, Access access) throws IOException;

    /** Moves a file or folder within its folder, in place of a file that has the name. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or an empty folder, if it is there. */
    void delete(Path path) throws IOException;

    /** Makes the names in a folder safe. */
    void forceFolder(Path folder) throws IOException;

    /** Bytes that this user may still write. */
    long usableSpace(Path folder) throws IOException;
}
