package dev.byway.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.testing.Fuzzing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever comes through the local door, at either end, is what it should be or the typed error. */
class DoorFuzzTest {
    private static final int ROUNDS = 10_000;

    private static final Fuzzing FUZZING = new Fuzzing(
            List.of(
                    "{\"url\":\"https://origin.example/file?q=1\",\"sha256\":\"" + "0".repeat(64)
                            + "\",\"headers\":[{\"name\":\"Accept\",\"value\":\"x\"}],\"bytesPerSecond\":5,\"peers\":true}",
                    "{\"code\":\"busy\",\"message\":\"later\",\"hint\":\"wait\"}",
                    "{\"version\":1,\"url\":\"http://127.0.0.1:7681\",\"token\":\"" + "0".repeat(64) + "\",\"pid\":7}",
                    "{\"id\":\"1\",\"version\":3,\"state\":\"done\",\"ready\":[[0,5]],\"reasons\":[],\"sources\":{}}",
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}",
                    "from=0&wait=5&x=%20",
                    "bytes=0-99"),
            List.of(
                    "null",
                    "true",
                    "-1",
                    "0",
                    "1e400",
                    "99999999999999999999",
                    "\"",
                    "\\u0000",
                    "\\ud800",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    ":",
                    "[[[[[[[[[[[[[[[[",
                    "\r\n",
                    "%",
                    "%zz",
                    "=",
                    "&",
                    "-",
                    "../",
                    "http://",
                    "@",
                    "\u00ff"));

    private static final List<Consumer<byte[]>> DOCUMENTS = List.of(
            JobRequestJson::read,
            JobStatusJson::read,
            JobStatusJson::readAll,
            AgentStatusJson::read,
            ApiError::read,
            ApiFile::parse);

    @Test
    void noBytesDoMoreThanATypedError() {
        FUZZING.run(ROUNDS, bytes -> {
            DOCUMENTS.forEach(reader -> readDocument(reader, bytes));
            readAnswer(bytes);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(Query.of(text)).isNotNull();
            readRange(text);
        });
    }

    private static void readDocument(Consumer<byte[]> reader, byte[] bytes) {
        try {
            reader.accept(bytes);
        } catch (MalformedDocumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void readAnswer(byte[] bytes) {
        try {
            assertThat(HttpResponse.read(new ByteArrayInputStream(bytes)).length())
                    .isNotNegative();
        } catch (IOException | MalformedDocumentException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    private static void readRange(String text) {
        try {
            assertThat(RangeHeader.of(List.of(text))).isPresent();
        } catch (RequestRefusedException e) {
            assertThat(e.status()).isEqualTo(400);
        }
    }
}
