package dev.byway.cli.publish;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.PieceLayer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Writes {@code FILE.byway}: whole, or not at all. */
final class Sidecar {
    private Sidecar() {}

    /** @throws CommandException when that fails */
    static void write(Path path, Envelope envelope, PieceLayer layer) {
        Optional<byte[]> pieces =
                layer.pieces().size() > 1 ? Optional.of(layer.toBytes().toArray()) : Optional.empty();
        write(path, new ManifestFile(envelope, pieces).toBytes());
    }

    /** @throws CommandException when that fails */
    static void write(Path path, byte[] content) {
        Path fresh = path.resolveSibling(path.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            move(fresh, path);
        } catch (IOException e) {
            throw CommandException.failed(
                    "NOT_WRITABLE",
                    "cannot write " + path + " (" + Trouble.of(e) + "): choose another place with -o, or leave it out");
        }
    }

    private static void move(Path fresh, Path path) throws IOException {
        try {
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
