package dev.byway.core.content;

import dev.byway.core.content.TreeHasher.WholeFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A publisher, its file, and the manifest of it. */
public final class Samples {
    public static final URI URL = URI.create("https://example.org/files/image.iso");
    public static final Instant ISSUED = Instant.parse("2026-11-20T12:00:00Z");
    public static final Instant NOW = ISSUED.plus(Duration.ofHours(30));
    public static final SigningKey ALICE = key(1);
    public static final SigningKey MALLORY = key(2);
    public static final HashedContent FILE = hash("a file".getBytes(StandardCharsets.UTF_8));

    private Samples() {}

    public static SigningKey key(int number) {
        byte[] secret = new byte[SigningKey.SECRET_BYTES];
        Arrays.fill(secret, (byte) number);
        return SigningKey.ofSecret(secret);
    }

    public static HashedContent hash(byte[] bytes) {
        TreeHasher hasher = TreeHasher.ofAnyLength(WholeFile.HASHED);
        hasher.update(bytes, 0, bytes.length);
        return hasher.finish();
    }

    public static Manifest manifest() {
        return manifest(URL, ISSUED);
    }

    public static Manifest manifest(URI url, Instant issued) {
        return new Manifest(
                FILE.id(),
                FILE.sha256().orElseThrow(),
                PieceLayout.DEFAULT_PIECE,
                new SafeName("image.iso"),
                List.of(url),
                new Validators(
                        Optional.of("\"v1\""),
                        Optional.of(Instant.parse("2026-11-19T08:00:00Z")),
                        OptionalLong.of(FILE.id().length())),
                new Visibility.Public(),
                issued,
                Optional.of(issued.plus(Duration.ofDays(30))));
    }

    public static ManifestSet.Entry entry(String name) {
        return new ManifestSet.Entry(
                new SafeName(name), FILE.id(), FILE.sha256().orElseThrow(), PieceLayout.DEFAULT_PIECE);
    }

    public static ManifestSet set(String... names) {
        return new ManifestSet(
                List.of(URI.create("https://example.org/files/")),
                Arrays.stream(names).map(Samples::entry).toList(),
                new Visibility.Public(),
                ISSUED,
                Optional.empty());
    }
}
