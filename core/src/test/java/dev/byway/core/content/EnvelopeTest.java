package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.unit.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final PublisherKey ALICE = Samples.ALICE.publicKey("");

    /** The example of DSSE's protocol.md. */
    @Test
    void preAuthenticationEncodingIsThatOfDsse() {
        assertThat(Envelope.preAuthentication(
                        "http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
        assertThat(Envelope.preAuthentication("ü", new byte[0]))
                .as("lengths are in bytes")
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("DSSEv1 2 ü 0 ");
    }

    @Test
    void whatIsSignedIsReadAndVerified() {
        Envelope envelope = Envelope.sign(Samples.manifest(), Samples.ALICE);

        Envelope read = Envelope.parse(envelope.toBytes());

        assertThat(read).isEqualTo(envelope);
        assertThat(read.unverified()).isEqualTo(Samples.manifest());
        assertThat(read.signedByOneOf(List.of(Samples.MALLORY.publicKey(""), ALICE)))
                .contains(ALICE);
        assertThat(read.signedByOneOf(List.of(Samples.MALLORY.publicKey("")))).isEmpty();
        assertThat(read.carriedKeys()).containsExactly(ALICE);
    }

    @Test
    void setIsReadAsAManifestIs() {
        Envelope envelope = Envelope.sign(Samples.set("a", "b"), Samples.ALICE);

        assertThat(Envelope.parse(envelope.toBytes())).isEqualTo(envelope);
        assertThat(envelope.unverified()).isEqualTo(Samples.set("a", "b"));
    }

    @Test
    void readsBothAlphabetsOfBase64AndNeedsNoKeyId() {
        String json = text(Envelope.sign(Samples.manifest(), Samples.ALICE));
        String payload = Base64.getEncoder().encodeToString(Samples.manifest().toBytes());
        String url = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Samples.manifest().toBytes());
        String other = json.replace(payload, url)
                .replaceAll("\"keyid\":\"[0-9a-f]*\",", "")
                .replaceAll(",\"publicKey\":\"[^\"]*\"", "");

        Envelope read = Envelope.parse(other.getBytes(StandardCharsets.UTF_8));

        assertThat(read.signatures().getFirst().keyId()).isEmpty();
        assertThat(read.signedByOneOf(List.of(ALICE))).contains(ALICE);
    }

    @Test
    void oneGoodSignatureAmongOthersIsEnough() {
        Envelope good = Envelope.sign(Samples.manifest(), Samples.ALICE);
        Envelope.Signature alien = new Envelope.Signature("other-scheme", ByteString.of((byte) 1), Optional.empty());
        Envelope both = new Envelope(
                good.payloadType(),
                good.payload(),
                List.of(alien, good.signatures().getFirst()));

        assertThat(Envelope.parse(both.toBytes()).signedByOneOf(List.of(ALICE))).contains(ALICE);
    }

    @Test
    void signatureCoversTheType() {
        Envelope good = Envelope.sign(Samples.manifest(), Samples.ALICE);
        Envelope retyped = new Envelope(ManifestSet.PAYLOAD_TYPE, good.payload(), good.signatures());

        assertThat(retyped.signedByOneOf(List.of(ALICE))).isEmpty();
    }

    @Test
    void carriedKeyMustBeTheOneNamed() {
        assertThatThrownBy(() -> new Envelope.Signature(
                        ALICE.id(), ByteString.EMPTY, Optional.of(Samples.MALLORY.publicKey(""))))
                .isInstanceOf(IllegalArgumentException.class);
        String json = text(Envelope.sign(Samples.manifest(), Samples.ALICE));
        String mallory = Base64.getEncoder()
                .encodeToString(Samples.MALLORY.publicKey("").raw().toArray());
        String swapped = json.replaceAll("\"publicKey\":\"[^\"]*\"", "\"publicKey\":\"" + mallory + "\"");

        assertThatThrownBy(() -> Envelope.parse(swapped.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("another key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"payload\":\"|\"payload\":\"*",
                "\"payload\":|\"load\":",
                "\"payloadType\":|\"type\":",
                "\"sig\":\"|\"sig\":\"!",
                "\"sig\":|\"x\":",
                "\"signatures\":[|\"signatures\":[7,",
                "\"signatures\":[|\"signatures\":[[],",
                "\"publicKey\":\"|\"publicKey\":\"AAAA",
                "\"keyid\":\"|\"keyid\":\"00"
            })
    void brokenEnvelopeIsRefused(String right, String wrong) {
        String json = text(Envelope.sign(Samples.manifest(), Samples.ALICE));
        assertThat(json).contains(right);

        assertThatThrownBy(() -> Envelope.parse(json.replace(right, wrong).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UntrustedContentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>404</html>", "{\"payloadType\":\"a\",\"payload\":\"\",\"signatures\":[]}"})
    void whatIsNotAnEnvelopeIsRefused(String text) {
        assertThatThrownBy(() -> Envelope.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void truncatedEnvelopeIsRefusedAtEveryLength() {
        byte[] json = Envelope.sign(Samples.manifest(), Samples.ALICE).toBytes();
        for (int length = 0; length < json.length; length++) {
            byte[] part = Arrays.copyOf(json, length);
            assertThatThrownBy(() -> Envelope.parse(part)).isInstanceOf(UntrustedContentException.class);
        }
    }

    @Test
    void sizeAndNumberOfSignaturesHaveLimits() {
        Envelope good = Envelope.sign(Samples.manifest(), Samples.ALICE);
        List<Envelope.Signature> seventeen =
                Collections.nCopies(17, good.signatures().getFirst());

        assertThatThrownBy(() -> new Envelope(good.payloadType(), good.payload(), seventeen))
                .hasMessageContaining("1 to 16 signatures");
        String json = text(good);
        String signature = json.substring(json.indexOf("[{") + 1, json.indexOf("}]") + 1);
        assertThatThrownBy(() -> Envelope.parse(json.replace(signature, (signature + ",").repeat(16) + signature)
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("at most 16");
        assertThatThrownBy(
                        () -> Envelope.parse((json + " ".repeat(Envelope.MAX_BYTES)).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("at most " + Envelope.MAX_BYTES);
    }

    @Test
    void payloadOfAnotherTypeIsNoStatement() {
        Envelope other = new Envelope(
                "text/plain",
                ByteString.EMPTY,
                Envelope.sign(Samples.manifest(), Samples.ALICE).signatures());

        assertThatThrownBy(other::unverified).isInstanceOf(UntrustedContentException.class);
    }

    private static String text(Envelope envelope) {
        return new String(envelope.toBytes(), StandardCharsets.UTF_8);
    }
}
