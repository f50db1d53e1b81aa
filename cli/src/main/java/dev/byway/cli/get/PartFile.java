package dev.byway.cli.get;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.terminal.Words;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The file {@code DEST.part} beside the destination: written at any place, and renamed to the destination when all is there
 * and on the disk. Locked, so that two commands cannot write the same one. One thread, except {@link #discard()}.
 */
final class PartFile implements AutoCloseable {
    private final Destination destination;
    private final FileChannel channel;
    private volatile boolean done;

    private PartFile(Destination destination, FileChannel channel) {
        this.destination = destination;
        this.channel = channel;
    }

    /**
     * Makes the file, empty.
     *
     * @throws CommandException when it cannot be written or another command writes it
     */
    static PartFile open(Destination destination) {
        Path part = destination.part();
        try {
            FileChannel channel = FileChannel.open(
                    part,
                    Set.of(
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            LinkOption.NOFOLLOW_LINKS));
            lock(channel, part);
            channel.truncate(0);
            return new PartFile(destination, channel);
        } catch (AccessDeniedException e) {
            throw CommandException.failed(
                    "NOT_WRITABLE",
                    "cannot write " + part + ": choose another folder with -o, or change the rights of this one");
        } catch (IOException e) {
            throw trouble(destination, e);
        }
    }

    private static void lock(FileChannel channel, Path part) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Another download of this very command.
        }
        channel.close();
        throw CommandException.failed(
                "IN_USE", "another byway get is writing " + part + ": let it finish, or choose another name with -o");
    }

    /** A channel at {@code offset}. */
    FileChannel at(long offset) throws IOException {
        return channel.position(offset);
    }

    /** Fills {@code into} with what was written at {@code offset}. */
    void read(long offset, ByteBuffer into) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new EOFException(destination.part() + " was cut short by somebody else");
            }
            at += count;
        }
    }

    /** Forgets what was written. */
    void startOver() throws IOException {
        channel.truncate(0);
    }

    /**
     * Says so at once when the file cannot fit.
     *
     * @param length of the whole file
     */
    void mustFit(long length) throws IOException {
        long free = Files.getFileStore(destination.folder()).getUsableSpace();
        long needed = length - channel.size();
        if (needed > free) {
            throw CommandException.failed(
                    "DISK_FULL",
                    destination.folder() + " has " + Words.size(free) + " free, and the file needs "
                            + Words.size(needed) + ": free some space, or choose another folder with -o");
        }
    }

    /**
     * All is there: puts the file in place.
     *
     * @param length that it must have
     */
    void finish(long length) throws IOException {
        if (channel.size() != length) {
            channel.truncate(length);
        }
        channel.force(true);
        channel.close();
        done = true;
        if (!destination.replace() && Files.exists(destination.file(), LinkOption.NOFOLLOW_LINKS)) {
            throw CommandException.failed(
                    "EXISTS",
                    destination.file() + " appeared meanwhile and is left alone; the download is complete in "
                            + destination.part() + ": move it where you want it");
        }
        move();
        forceFolder();
    }

    private void move() throws IOException {
        try {
            Files.move(destination.part(), destination.file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(destination.part(), destination.file(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** So that the new name survives a power cut; where folders cannot be opened, as on Windows, the system sees to it. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(destination.folder(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            return;
        }
    }

    /** What went wrong with writing, in words. */
    static CommandException trouble(Destination destination, IOException e) {
        if (Trouble.isFull(e)) {
            return CommandException.failed(
                    "DISK_FULL",
                    "the disk of " + destination.folder()
                            + " is full: free some space, or choose another folder with -o;"
                            + " what can be gone on with is kept, and the same command goes on from there");
        }
        return CommandException.failed(
                "NOT_WRITABLE",
                "cannot write " + destination.part() + " (" + Trouble.of(e) + "): choose another folder with -o");
    }

    /** Takes the unfinished file away: the agent keeps what was fetched. Any thread. */
    void discard() {
        if (!done) {
            done = true;
            try {
                channel.close();
                Files.deleteIfExists(destination.part());
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Takes the file away unless it is finished. */
    @Override
    public void close() {
        discard();
    }
}
