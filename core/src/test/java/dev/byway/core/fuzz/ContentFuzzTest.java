package dev.byway.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.DigestPlace;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.Evidence;
import dev.byway.core.content.KeyFormatException;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.ManifestSet;
import dev.byway.core.content.Metalink;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.Question;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.Samples;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.StatedDigests;
import dev.byway.core.content.Subject;
import dev.byway.core.content.Trust;
import dev.byway.core.content.TrustedKeys;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.content.Verdict;
import dev.byway.core.torrent.Torrent;
import dev.byway.core.wire.Allocation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Throws statements, keys and blobs, mutated, and random bytes at everything that reads content's metadata. Each round has its
 * own seed, which a failure names. {@code -Dbyway.fuzz.seconds=N} goes on for N seconds, {@code -Dbyway.fuzz.seed=S} replays one.
 */
class ContentFuzzTest {
    private static final int ROUNDS = 4_000;
    private static final PublisherKey ALICE = Samples.ALICE.publicKey("");
    private static final Question QUESTION = new Question(
            new Subject.Url(Samples.URL), new TrustedKeys(List.of(ALICE), List.of()), Samples.NOW, Optional.empty());

    /** Bytes that mean something to a reader of JSON, base64, numbers, names or keys. */
    private static final List<String> DICTIONARY = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "\\u0000",
            "\\ud800",
            "-",
            "1e999",
            "0",
            "99999999999999999999",
            "null",
            "true",
            "../",
            "\\\\",
            "NUL",
            "%2e",
            "\u0000",
            "\uFEFF",
            "é",
            "=",
            "====",
            "https://",
            "@",
            "?",
            "empty",
            "\"version\":1,",
            "\"entries\":[",
            "\"signatures\":[",
            "[[[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":{\"a\":");

    private final List<byte[]> corpus = List.of(
            Samples.manifest().toBytes(),
            Samples.set("a/b", "c").toBytes(),
            Envelope.sign(Samples.manifest(), Samples.ALICE).toBytes(),
            Envelope.sign(Samples.set("image.iso"), Samples.ALICE).toBytes(),
            new ManifestFile(
                            Envelope.sign(Samples.manifest(), Samples.ALICE),
                            Optional.of(Samples.FILE.layer().toBytes().toArray()))
                    .toBytes(),
            ALICE.toString().getBytes(StandardCharsets.UTF_8),
            Samples.ALICE.toPem().getBytes(StandardCharsets.UTF_8),
            (Samples.FILE.sha256().orElseThrow() + "  image.iso\n").getBytes(StandardCharsets.UTF_8),
            Samples.FILE.id().toString().getBytes(StandardCharsets.UTF_8),
            new Torrent(new SafeName("image.iso"), Samples.FILE.layer(), List.of(Samples.URL)).write(),
            ("<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\"><file name=\"a\"><size>1</size><url>" + Samples.URL
                            + "</url></file></metalink>")
                    .getBytes(StandardCharsets.UTF_8),
            (Samples.FILE.id().root() + "  image.iso\nSHA256 (b) = "
                            + Samples.FILE.id().root() + "\n")
                    .getBytes(StandardCharsets.UTF_8),
            Samples.FILE.layer().toBytes().toArray());

    private final List<Consumer<byte[]>> readers = List.of(
            Manifest::read,
            ManifestSet::read,
            bytes -> judged(Envelope.parse(bytes)),
            bytes -> judged(ManifestFile.parse(bytes).envelope()),
            bytes -> PublisherKey.parseList(text(bytes)),
            bytes -> SigningKey.parsePem(text(bytes)),
            bytes -> StatedDigests.inReprDigest(text(bytes)),
            bytes -> StatedDigests.inSha256Sums(text(bytes), "image.iso"),
            Torrent::read,
            bytes -> List.of(DigestPlace.values()).forEach(place -> readAt(place, bytes)),
            Metalink::read,
            bytes -> ContentId.parse(text(bytes)),
            bytes -> PieceLayer.read(Samples.FILE.id(), Samples.FILE.layer().layout(), ByteBuffer.wrap(bytes)));

    private static void readAt(DigestPlace place, byte[] bytes) {
        if (place.isPlausible(bytes)) {
            place.inFile(bytes, "image.iso");
        }
        place.inField(List.of(text(bytes)));
    }

    @Test
    void noBytesDoMoreThanATypedError() {
        corpus.forEach(valid -> readers.forEach(reader -> read(reader, valid)));
        long end = System.nanoTime() + Long.getLong("byway.fuzz.seconds", 0) * 1_000_000_000;
        Long one = Long.getLong("byway.fuzz.seed");
        if (one != null) {
            round(one);
            return;
        }
        int read = 0;
        for (long seed = 0; seed < ROUNDS || System.nanoTime() < end; seed++) {
            read += round(seed);
        }
        assertThat(read).as("inputs that were still valid").isGreaterThan(ROUNDS / 10);
    }

    private int round(long seed) {
        byte[] input = input(new SplittableRandom(seed));
        int[] read = {0};
        try {
            for (Consumer<byte[]> reader : readers) {
                Allocation.assertModest(input.length, () -> read[0] += read(reader, input));
            }
            return read[0];
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " broke a reader: replay with -Dbyway.fuzz.seed=" + seed, e);
        }
    }

    private static int read(Consumer<byte[]> reader, byte[] input) {
        try {
            reader.accept(input);
            return 1;
        } catch (UntrustedContentException | KeyFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
            return 0;
        } catch (IllegalArgumentException e) {
            assertThat(e.getStackTrace())
                    .as("only ids are read with this error")
                    .anySatisfy(frame -> assertThat(frame.getClassName()).isEqualTo(ContentId.class.getName()));
            return 0;
        }
    }

    /** Whatever was done to an envelope, nothing is accepted that Alice did not sign. */
    private static void judged(Envelope envelope) {
        switch (Trust.judge(new Evidence.CoordinatorAnswer(envelope, true), QUESTION)) {
            case Verdict.AcceptedManifest accepted ->
                assertThat(accepted.manifest().id()).isEqualTo(Samples.FILE.id());
            case Verdict.Refused refused -> assertThat(refused.message()).isNotBlank();
            case Verdict.AcceptedSet _, Verdict.AcceptedDigest _, Verdict.AcceptedLayer _ ->
                throw new AssertionError("an envelope about a file became something else");
        }
    }

    private byte[] input(SplittableRandom random) {
        if (random.nextInt(20) == 0) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            return bytes;
        }
        byte[] bytes = corpus.get(random.nextInt(corpus.size()));
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes = mutated(bytes, random);
        }
        return bytes;
    }

    /** Cuts, repeats, changes or inserts at a random place. */
    private static byte[] mutated(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length + 1);
        int until = Math.min(bytes.length, at + random.nextInt(1, 40));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> out.write(bytes, until, bytes.length - until);
            case 1 -> {
                out.write(bytes, at, until - at);
                out.write(bytes, at, bytes.length - at);
            }
            case 2 -> {
                out.write(random.nextInt(256));
                out.write(bytes, Math.min(bytes.length, at + 1), bytes.length - Math.min(bytes.length, at + 1));
            }
            case 3 -> {
                out.writeBytes(DICTIONARY.get(random.nextInt(DICTIONARY.size())).getBytes(StandardCharsets.UTF_8));
                out.write(bytes, at, bytes.length - at);
            }
            default -> {}
        }
        return out.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
