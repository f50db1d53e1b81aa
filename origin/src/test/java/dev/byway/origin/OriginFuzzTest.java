package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteRange;
import dev.byway.testing.Fuzzing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever an origin answers, heads and bodies, is an answer or the typed error. */
class OriginFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final int HEAD = 4096;
    private static final URI URL = URI.create("https://host.example/file");
    private static final String VALIDATORS = "ETag: \"v1\"\r\nLast-Modified: Sat, 01 Jan 2022 00:00:00 GMT\r\n";

    private static final Fuzzing FUZZING = new Fuzzing(
            List.of(
                    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + VALIDATORS + "\r\nhello",
                    "HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-4/9\r\nContent-Length: 5\r\n\r\nhello",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\nT: x\r\n\r\n",
                    "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n",
                    "HTTP/1.1 416 Range\r\nContent-Range: bytes */7\r\n\r\n",
                    "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nConnection: close\r\n\r\n",
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 304 Not Modified\r\n\r\n"),
            List.of(
                    "\r\n",
                    "\n",
                    "\r",
                    "\0",
                    " ",
                    ":",
                    ";",
                    ",",
                    "-",
                    "/",
                    "0",
                    "-1",
                    "FFFFFFFFFFFFFFFFF",
                    "99999999999999999999",
                    "chunked",
                    "gzip",
                    "identity",
                    "bytes ",
                    "*",
                    "Content-Length: 7\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Content-Range: bytes 5-1/3\r\n",
                    "\u00ff\u00fe"));

    @Test
    void noBytesDoMoreThanASyntaxError() {
        FUZZING.run(ROUNDS, bytes -> {
            read(bytes, OriginRequest.of(URL));
            read(bytes, OriginRequest.of(URL).part(new ByteRange(0, 5)));
        });
    }

    private static void read(byte[] bytes, OriginRequest request) {
        BufferedSource source = new BufferedSource(new ByteArrayInputStream(bytes));
        try {
            MessageHead head = MessageHead.parse(source.readHead(HEAD), 16);
            switch (new Interpretation(request, URL, List.of(), Instant.EPOCH).of(head)) {
                case Interpretation.Meaning.Bytes(Representation about, BodyFraming framing) -> {
                    assertThat(about.offset()).isNotNegative();
                    assertThat(length(BodyDecoder.of(framing, source))).isLessThanOrEqualTo(bytes.length);
                }
                case Interpretation.Meaning.Complete(OriginAnswer.NoBody answer) ->
                    assertThat(answer.message()).isNotBlank();
            }
        } catch (HttpSyntaxException | BufferedSource.EndedEarlyException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long length(BodyDecoder body) throws IOException {
        byte[] buffer = new byte[64];
        long length = 0;
        for (int read = body.read(buffer, 0, buffer.length); read >= 0; read = body.read(buffer, 0, buffer.length)) {
            length += read;
        }
        return length;
    }
}
