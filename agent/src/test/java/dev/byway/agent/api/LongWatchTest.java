package dev.byway.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server's time limit for reading a request must not cut off answers that last. */
@Tag("long")
@Timeout(120)
class LongWatchTest {
    @TempDir
    Path state;

    @Test
    void anAnswerMayLastLongerThanARequestMay() throws Exception {
        ScriptedAgent agent = new ScriptedAgent();
        ScriptedJob job = agent.next("0123456789".getBytes(StandardCharsets.UTF_8));
        try (ApiServer server = ApiServer.start(agent, state, InetAddress.getLoopbackAddress(), 0)) {
            RawHttp http = RawHttp.to(server, ApiFile.read(ApiFile.in(state)).token());
            try (Socket socket =
                    http.open(http.head("POST", "/v1/get?url=http%3A%2F%2Fx%2F") + http.authorization() + "\r\n")) {
                socket.setSoTimeout(100_000);
                job.ready(4);
                assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
                assertThat(new CountDownLatch(1).await(Duration.ofSeconds(45).toSeconds(), TimeUnit.SECONDS))
                        .isFalse();
                job.done();
                assertThat(socket.getInputStream().readAllBytes()).asString().endsWith("0123456789");
            }
        }
    }
}
