package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.lab.Origin;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * A file of random bytes at an origin, which devices want.
 *
 * @param name at the origin
 * @param url of it over TLS
 * @param path where it lies
 * @param length in bytes
 * @param sha256 of it, in hexadecimal
 */
record Wanted(String name, URI url, Path path, long length, String sha256) {
    private static final int CHUNK = 1 << 16;

    /** Makes one; another name, other bytes. */
    static Wanted at(Origin origin, String name, long length) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        MessageDigest digest = newSha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(origin.file(name)), digest)) {
            byte[] chunk = new byte[CHUNK];
            for (long left = length; left > 0; left -= chunk.length) {
                random.nextBytes(chunk);
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Wanted(name, origin.url(name), origin.file(name), length, hex(digest));
    }

    /** The same file without TLS. */
    URI plainUrl() {
        return URI.create("http" + url.toString().substring("https".length()));
    }

    /** Where a device puts its copy, a new file in a folder that is there. */
    Path on(Device device) {
        return folder(device).resolve(name);
    }

    /** Whether a device's copy is the file. */
    boolean isRight(Device device) {
        MessageDigest digest = newSha256();
        try (InputStream in =
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(on(device)), CHUNK), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hex(digest).equals(sha256);
    }

    /** The folder for a device's copies. */
    static Path folder(Device device) {
        return device.state().resolveSibling(device.state().getFileName() + "-got");
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
