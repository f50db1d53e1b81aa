package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is written is read; anything else is read or refused with the one typed error. */
class StatementProperties {
    private static final List<Function<byte[], Object>> READERS =
            List.of(Manifest::read, ManifestSet::read, Envelope::parse);
    private static final List<byte[]> SEEDS = List.of(
            Samples.manifest().toBytes(),
            Samples.set("a/b", "c").toBytes(),
            Envelope.sign(Samples.manifest(), Samples.ALICE).toBytes());

    @Property(tries = 150)
    void manifestComesBackAsItWas(@ForAll("manifests") Manifest manifest) {
        byte[] json = manifest.toBytes();

        assertThat(Manifest.read(json)).isEqualTo(manifest);
        assertThat(Manifest.read(json).toBytes()).as("canonical").isEqualTo(json);
        assertThat(json).hasSizeLessThanOrEqualTo(Manifest.MAX_BYTES);
        Envelope envelope = Envelope.sign(manifest, Samples.ALICE);
        assertThat(envelope.toBytes()).hasSizeLessThanOrEqualTo(Envelope.MAX_BYTES);
        assertThat(Envelope.parse(envelope.toBytes())).isEqualTo(envelope);
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
        READERS.forEach(reader -> assertReadOrRefused(() -> reader.apply(bytes)));
    }

    @Property
    void anyTextThatStartsLikeAnObjectIsReadOrRefused(@ForAll String text) {
        byte[] bytes = ("{\"version\":1," + text).getBytes(StandardCharsets.UTF_8);
        READERS.forEach(reader -> assertReadOrRefused(() -> reader.apply(bytes)));
    }

    @Property
    void mutatedStatementsAreReadOrRefused(
            @ForAll @IntRange(max = 2) int seed,
            @ForAll int where,
            @ForAll byte value,
            @ForAll @IntRange(max = 4) int cut) {
        byte[] bytes = SEEDS.get(seed).clone();
        bytes[Math.floorMod(where, bytes.length)] = value;
        byte[] shortened = Arrays.copyOf(bytes, bytes.length - cut);

        READERS.forEach(reader -> assertReadOrRefused(() -> reader.apply(shortened)));
    }

    @Property
    void noChangeOfASignedEnvelopeChangesWhatItsKeySaid(@ForAll int where, @ForAll byte value) {
        byte[] bytes = SEEDS.get(2).clone();
        bytes[Math.floorMod(where, bytes.length)] = value;
        List<PublisherKey> alice = List.of(Samples.ALICE.publicKey(""));

        assertReadOrRefused(() -> {
            Envelope envelope = Envelope.parse(bytes);
            if (envelope.signedByOneOf(alice).isPresent()) {
                assertThat(envelope.unverified()).isEqualTo(Samples.manifest());
            }
        });
    }

    @Property
    void anyTextIsAKeyOrRefused(@ForAll String text) {
        for (String candidate : List.of(
                text,
                PublisherKey.PREFIX + text,
                "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----")) {
            assertThatCode(() -> swallow(() -> PublisherKey.parse(candidate))).doesNotThrowAnyException();
            assertThatCode(() -> swallow(() -> PublisherKey.parseList(candidate)))
                    .doesNotThrowAnyException();
            assertThatCode(() -> swallow(() -> SigningKey.parsePem(candidate))).doesNotThrowAnyException();
        }
    }

    @Property
    void anyHeaderOrFileStatesADigestOrNone(@ForAll String text) {
        assertReadOrRefused(() -> StatedDigests.inReprDigest(text));
        assertReadOrRefused(() -> StatedDigests.inSha256File(text, "f"));
        assertReadOrRefused(() -> StatedDigests.inSha256Sums(text, "f"));
        assertThat(Validators.ofHeaders(Optional.of(text), Optional.of(text), OptionalLong.of(text.hashCode())))
                .isNotNull();
    }

    private static void assertReadOrRefused(ThrowingCallable reading) {
        assertThatCode(() -> {
                    try {
                        reading.call();
                    } catch (UntrustedContentException e) {
                        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(4000);
                    }
                })
                .doesNotThrowAnyException();
    }

    private static void swallow(Runnable reading) {
        try {
            reading.run();
        } catch (KeyFormatException e) {
            assertThat(e).hasMessageNotContaining("\u0000");
        }
    }

    @Provide
    Arbitrary<Manifest> manifests() {
        Arbitrary<HashedContent> contents = Arbitraries.integers()
                .between(0, 40_000)
                .map(VectorContent::bytes)
                .map(Samples::hash);
        Arbitrary<SafeName> names = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(40)
                .filter(name -> SafeName.problemWith(name).isEmpty())
                .map(SafeName::new);
        Arbitrary<URI> origin = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('/', '~', '.', '-')
                .ofMaxLength(900)
                .map(path -> URI.create("https://example.org/" + path));
        Arbitrary<Validators> validators = Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange('#', '~')
                                .ofMaxLength(500)
                                .map(tag -> "\"" + tag + "\"")
                                .optional(),
                        Arbitraries.longs()
                                .between(0, 4_000_000_000L)
                                .map(Instant::ofEpochSecond)
                                .optional())
                .as((tag, date) -> new Validators(tag, date, OptionalLong.empty()));
        Arbitrary<Visibility> visibility = Arbitraries.oneOf(
                Arbitraries.just(new Visibility.Public()),
                Arbitraries.strings()
                        .alpha()
                        .numeric()
                        .ofMinLength(1)
                        .ofMaxLength(128)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(32)
                        .map(Visibility.Groups::new));
        Arbitrary<Instant> issued = Arbitraries.longs()
                .between(0, 100_000_000_000L)
                .map(millis -> Instant.parse("2026-01-01T00:00:00Z").plusMillis(millis));
        Arbitrary<Optional<Duration>> life = Arbitraries.longs()
                .between(1, 1_000_000)
                .map(Duration::ofSeconds)
                .optional();
        return Combinators.combine(
                        contents, names, origin.list().ofMinSize(1).ofMaxSize(32), validators, visibility, issued, life)
                .as((content, name, origins, valid, seen, from, until) -> new Manifest(
                        content.id(),
                        content.sha256().orElseThrow(),
                        PieceLayout.DEFAULT_PIECE,
                        name,
                        origins,
                        valid,
                        seen,
                        from,
                        until.map(from::plus)));
    }
}
