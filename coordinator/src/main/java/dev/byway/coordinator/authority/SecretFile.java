package dev.byway.coordinator.authority;

import dev.byway.coordinator.failure.CoordinatorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A small text file that only its owner may read (mode 0600), replaced as a whole or not at all. Where the file system has
 * no POSIX permissions (Windows), the folder's access list decides.
 */
public final class SecretFile {
    private static final int MAX = 64 * 1024;

    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path path;

    public SecretFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /**
     * The text, empty when there is no such file.
     *
     * @throws CoordinatorException when it cannot be read or others may read it
     */
    public Optional<String> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            if (Files.size(path) > MAX) {
                throw new CoordinatorException(path + " has more than " + MAX + " bytes and was not written by Byway");
            }
            refuseWhatOthersMayRead();
            return Optional.of(Files.readString(path, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new CoordinatorException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes the text durably.
     *
     * @throws CoordinatorException when that fails; the file is then as before
     */
    public void write(String text) {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            FileAttribute<?>[] attributes = posix()
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                    : new FileAttribute<?>[0];
            Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(fresh, options, attributes)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CoordinatorException(
                    "cannot write " + path + ": " + e.getMessage() + "; is the state folder writable and not full?", e);
        }
    }

    private void refuseWhatOthersMayRead() throws IOException {
        if (posix() && !OWNER.containsAll(Files.getPosixFilePermissions(path))) {
            throw new CoordinatorException(
                    path + " holds a secret and others than its owner may use it; run: chmod 600 " + path);
        }
    }

    private boolean posix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
