package dev.byway.cli.local;

import dev.byway.cli.command.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * The last downloads that commands made, one JSON object a line in {@code downloads.jsonl} of the state folder: what {@code
 * why} can tell when no agent runs. A help, never a need: where it cannot be written, nothing is kept.
 */
public final class History {
    /** Downloads that are kept. */
    static final int MAX_LINES = 100;

    /** Longest file that is read, in bytes. */
    static final int MAX_BYTES = 16 << 20;

    private static final String FILE = "downloads.jsonl";

    private final Path file;

    /** The history of a state folder. */
    public History(Path state) {
        this.file = state.resolve(FILE);
    }

    /** Adds one; whether it could be written. Through a link nothing is written: root may be asked to in another user's folder. */
    public boolean add(Report report) {
        try (FileChannel channel = FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        rights());
                FileLock lock = channel.lock()) {
            List<String> lines = new ArrayList<>(lock.isValid() ? read(channel) : List.of());
            lines.add(Json.line(report.toJson()));
            List<String> last = lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size());
            ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", last) + "\n").getBytes(StandardCharsets.UTF_8));
            channel.truncate(0);
            channel.position(0);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** All that are kept, newest first. */
    public List<Report> newestFirst() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return read(channel).reversed().stream()
                    .flatMap(line -> parse(line).stream())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<Report> parse(String line) {
        try {
            return Report.fromJson(Json.parse(line));
        } catch (JacksonException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static List<String> read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size > MAX_BYTES) {
            return List.of();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // the loop's condition reads
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private FileAttribute<?>[] rights() {
        return Files.exists(file)
                        || !file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                };
    }
}
