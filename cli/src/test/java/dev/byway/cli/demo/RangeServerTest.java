package dev.byway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.download.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // set before each test
    private RangeServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        Path file = Files.writeString(folder.resolve("a file.bin"), "0123456789");
        server = RangeServer.start(file, InetAddress.ofLiteral("127.0.0.1"), new Pace(Optional.empty()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(URI url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private long counted() throws IOException, InterruptedException {
        return Long.parseLong(get(server.url().resolve(RangeServer.COUNT)).body());
    }

    @Test
    void theWholeFileIsServedAndCounted() throws Exception {
        assertThat(get(server.url()).body()).isEqualTo("0123456789");
        assertThat(counted()).isEqualTo(10);
    }

    @Test
    void partsAreServedAndCounted() throws Exception {
        HttpResponse<String> part = get(server.url(), "Range", "bytes=2-4");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
        assertThat(get(server.url(), "Range", "bytes=7-").body()).isEqualTo("789");
        assertThat(counted()).isEqualTo(6);
    }

    @Test
    void aPartBehindTheEndIsRefused() throws Exception {
        assertThat(get(server.url(), "Range", "bytes=10-").statusCode()).isEqualTo(416);
    }

    @Test
    void aPartOfAnotherVersionIsTheWholeFile() throws Exception {
        assertThat(get(server.url(), "Range", "bytes=0-1", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        String tag = get(server.url()).headers().firstValue("ETag").orElseThrow();
        assertThat(get(server.url(), "Range", "bytes=0-1", "If-Range", tag).statusCode())
                .isEqualTo(206);
    }

    @Test
    void nothingElseIsServed() throws Exception {
        assertThat(get(server.url().resolve("/etc/passwd")).statusCode()).isEqualTo(404);
    }
}
