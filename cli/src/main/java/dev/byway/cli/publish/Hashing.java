package dev.byway.cli.publish;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.terminal.Progress;
import dev.byway.cli.terminal.ProgressView;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.TreeHasher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** Reads files from their first byte to their last and says what they are. One thread. */
final class Hashing {
    private static final int BUFFER = 1 << 20;

    private final ProgressView view;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    Hashing(ProgressView view) {
        this.view = view;
    }

    /**
     * What {@code file} is.
     *
     * @throws CommandException when it cannot be read, or changes meanwhile
     */
    HashedContent hash(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            FileTime modified = Files.getLastModifiedTime(file);
            HashedContent hashed = hash(file, channel, size);
            if (hashed.id().length() != size || !Files.getLastModifiedTime(file).equals(modified)) {
                throw CommandException.failed(
                        "CHANGED", file + " changed while it was read: publish it when it is done");
            }
            return hashed;
        } catch (IOException e) {
            throw CommandException.failed("NOT_READABLE", "cannot read " + file + " (" + Trouble.of(e) + ")");
        } finally {
            view.end();
        }
    }

    private HashedContent hash(Path file, FileChannel channel, long size) throws IOException {
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        String label = String.valueOf(file.getFileName());
        long began = System.nanoTime();
        while (channel.read(buffer.clear()) >= 0) {
            hasher.update(buffer.flip());
            double seconds = Math.max(1e-3, (System.nanoTime() - began) / 1e9);
            long rate = (long) (hasher.length() / seconds);
            view.show(List.of(Progress.ofReading(label, hasher.length(), size, rate)));
        }
        return hasher.finish();
    }
}
