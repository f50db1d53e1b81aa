package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.Validators;
import dev.byway.core.unit.ByteRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Whatever an origin sends is a value or the one typed error, and never more memory than the limit. */
final class OriginParsersProperties {
    private static final URI BASE = URI.create("https://host.example/dir/file?q=1");

    /** Bytes that look like HTTP more often than chance would have it. */
    @Provide
    Arbitrary<byte[]> almostHttp() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(
                        "HTTP/1.1 200 OK\r\n",
                        "HTTP/1.1 206 P\n",
                        "HTTP/1.0 304",
                        "HTTP/1.1 100 C\r\n\r\n",
                        "HTTP/1.1 416 R\r\n",
                        "Content-Length: 5\r\n",
                        "Content-Length: 5, 6\r\n",
                        "Content-Length: 99999999999999999999\r\n",
                        "Transfer-Encoding: chunked\r\n",
                        "Transfer-Encoding: gzip\r\n",
                        "Content-Range: bytes 0-4/5\r\n",
                        "Content-Range: bytes 4-0/*\r\n",
                        "Content-Range: bytes */7\r\n",
                        "Content-Encoding: br\r\n",
                        "ETag: \"x\"\r\n",
                        "Last-Modified: Sat, 01 Jan 2022 00:00:00 GMT\r\n",
                        "Retry-After: 99999999999\r\n",
                        " folded\r\n",
                        ": \r\n",
                        "\r\n",
                        "\n",
                        "5\r\nhello\r\n",
                        "0\r\n\r\n",
                        "FFFFFFFFFFFFFFF\r\n",
                        "FFFFFFFFFFFFFFFFF;x\r\n"),
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(20));
        return piece.list().ofMaxSize(15).map(pieces -> String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Provide
    Arbitrary<OriginRequest> requests() {
        OriginRequest whole = OriginRequest.of(BASE);
        return Arbitraries.of(
                whole,
                whole.from(0),
                whole.from(5),
                whole.part(new ByteRange(0, 5)),
                whole.unlessSameAs(Validators.NONE));
    }

    @Property
    void anyBytesAreAnAnswerOrASyntaxError(
            @ForAll("almostHttp") byte[] bytes, @ForAll("requests") OriginRequest request) throws IOException {
        BufferedSource source = new BufferedSource(new ByteArrayInputStream(bytes));
        try {
            MessageHead head = MessageHead.parse(source.readHead(1024), 8);
            assertThat(head.headers().fields()).hasSizeLessThanOrEqualTo(8);
            switch (new Interpretation(request, BASE, List.of(), Instant.EPOCH).of(head)) {
                case Interpretation.Meaning.Bytes(Representation about, BodyFraming framing) -> {
                    assertThat(about.offset()).isIn(0L, request.span().start());
                    read(BodyDecoder.of(framing, source));
                }
                case Interpretation.Meaning.Complete(OriginAnswer.NoBody answer) ->
                    assertThat(answer.message()).isNotBlank();
            }
        } catch (HttpSyntaxException | BufferedSource.EndedEarlyException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property
    void anyBytesAreChunksOrASyntaxError(@ForAll("almostHttp") byte[] bytes) throws IOException {
        try {
            read(new ChunkedDecoder(new BufferedSource(new ByteArrayInputStream(bytes))));
        } catch (HttpSyntaxException | BufferedSource.EndedEarlyException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property
    void chunkingAndDecodingGivesTheSameBytes(
            @ForAll @Size(max = 6) List<@Size(min = 1, max = 12_000) byte[]> chunks,
            @ForAll @IntRange(min = 1, max = 20_000) int step)
            throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (byte[] chunk : chunks) {
            wire.writeBytes("%x;a=b\r\n".formatted(chunk.length).getBytes(StandardCharsets.US_ASCII));
            wire.writeBytes(chunk);
            wire.writeBytes(new byte[] {'\r', '\n'});
            plain.writeBytes(chunk);
        }
        wire.writeBytes("0\r\nT: x\r\n\r\nNEXT".getBytes(StandardCharsets.US_ASCII));
        BufferedSource source = new BufferedSource(new ByteArrayInputStream(wire.toByteArray()));
        ChunkedDecoder decoder = new ChunkedDecoder(source);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        byte[] buffer = new byte[step];
        for (int read = decoder.read(buffer, 0, step); read >= 0; read = decoder.read(buffer, 0, step)) {
            decoded.write(buffer, 0, read);
        }
        assertThat(decoded.toByteArray()).isEqualTo(plain.toByteArray());
        assertThat(new String(rest(source), StandardCharsets.US_ASCII)).isEqualTo("NEXT");
    }

    @Property
    void anyTextIsAContentRangeOrASyntaxError(@ForAll("ranges") String text) {
        try {
            switch (ContentRange.parse(text)) {
                case ContentRange.Part part -> {
                    assertThat(part.length()).isPositive();
                    assertThat(part.last()).isLessThan(part.total().orElse(Long.MAX_VALUE));
                }
                case ContentRange.Unsatisfied unsatisfied ->
                    assertThat(unsatisfied.total()).isNotNegative();
            }
        } catch (HttpSyntaxException e) {
            assertThat(e.getMessage()).contains("Content-Range");
        }
    }

    @Provide
    Arbitrary<String> ranges() {
        Arbitrary<String> number = Arbitraries.oneOf(
                Arbitraries.longs().greaterOrEqual(0).map(Object::toString),
                Arbitraries.integers().between(0, 9).map(Object::toString),
                Arbitraries.of("*", "", "-1", "99999999999999999999"));
        return Combinators.combine(Arbitraries.of("bytes ", "bytes", "BYTES  ", ""), number, number, number)
                .as((unit, first, last, total) -> unit + first + "-" + last + "/" + total);
    }

    @Property
    void anyLocationIsAnHttpAddressOrASyntaxError(@ForAll @StringLength(max = 60) String text) {
        for (String location : List.of(text, "//" + text, "http://h/" + text, "?" + text)) {
            try {
                URI resolved = Redirects.resolve(BASE, location);
                assertThat(resolved.getScheme()).isIn("http", "https");
                assertThat(resolved.getRawUserInfo()).isNull();
                assertThat(resolved.toString()).matches("\\p{ASCII}+").doesNotContain(" ", "\r", "\n");
            } catch (HttpSyntaxException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Property
    void anyTextIsAProxyAddressOrASettingError(@ForAll @StringLength(max = 40) String text) {
        NoProxy.parse(text).covers(new Endpoint("http", "10.0.0.1", 80));
        NoProxy.parse(text).covers(new Endpoint("https", "a.example", 443));
        try {
            assertThat(HttpProxy.parse(text, "http_proxy").port()).isBetween(1, 65_535);
        } catch (OriginSettingException e) {
            assertThat(e.getMessage()).startsWith("http_proxy ");
        }
    }

    private static byte[] rest(BufferedSource source) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[100];
        for (int count = source.read(some, 0, some.length); count >= 0; count = source.read(some, 0, some.length)) {
            all.write(some, 0, count);
        }
        return all.toByteArray();
    }

    private static void read(BodyDecoder decoder) throws IOException {
        byte[] buffer = new byte[64];
        long total = 0;
        while (!decoder.finished()) {
            total += Math.max(0, decoder.read(buffer, 0, buffer.length));
        }
        assertThat(total).isLessThan(1000);
    }
}
