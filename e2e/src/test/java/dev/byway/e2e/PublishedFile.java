package dev.byway.e2e;

import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import dev.byway.e2e.lab.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A file at an origin, with what is needed to know it: its signed manifest beside it, or its digest in a list.
 *
 * @param name at the origin
 * @param url of it
 * @param path where it lies
 * @param length in bytes
 */
public record PublishedFile(String name, URI url, Path path, long length) {
    private static final int SECRET = 32;

    /** Makes and publishes one; the same seed makes the same bytes. */
    public static PublishedFile at(Origin origin, String name, int length, long seed) throws IOException {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        Path path = Files.write(origin.file(name), content);
        Files.write(origin.file(name + ".byway"), manifest(origin.url(name), name, content));
        return new PublishedFile(name, origin.url(name), path, length);
    }

    /** Puts a file there that nobody published, and adds its SHA-256, as it is stated, to the list in its folder. */
    public static PublishedFile listed(Origin origin, String name, byte[] content, Digest stated) throws IOException {
        Path path = origin.file(name);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
        Files.writeString(
                path.resolveSibling("SHA256SUMS"),
                stated + "  " + path.getFileName() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return new PublishedFile(name, origin.url(name), path, content.length);
    }

    /** Random bytes; another name, other ones. */
    public static byte[] bytes(String name, int length) {
        byte[] content = new byte[length];
        new Random(name.hashCode()).nextBytes(content);
        return content;
    }

    private static byte[] manifest(URI url, String name, byte[] content) {
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        hasher.update(content, 0, content.length);
        HashedContent hashed = hasher.finish();
        Manifest manifest = new Manifest(
                hashed.id(),
                hashed.sha256().orElseThrow(),
                hashed.layer().layout().pieceLength(),
                new SafeName(name),
                List.of(url),
                Validators.NONE,
                new Visibility.Public(),
                Instant.now(),
                Optional.empty());
        byte[] secret = new byte[SECRET];
        new Random(1).nextBytes(secret);
        Envelope envelope = Envelope.sign(manifest, SigningKey.ofSecret(secret));
        return new ManifestFile(envelope, Optional.of(hashed.layer().toBytes().toArray())).toBytes();
    }
}
