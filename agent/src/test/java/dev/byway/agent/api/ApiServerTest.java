package dev.byway.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.job.JobStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ApiServerTest {
    private static final DoorLimits QUICK = new DoorLimits(
            Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofMillis(20), Duration.ofSeconds(2), 2);
    private static final String GET = "/v1/get?url=https%3A%2F%2Forigin.example%2Ffile";

    @TempDir
    Path state;

    private final ScriptedAgent agent = new ScriptedAgent();
    private ApiServer server;
    private RawHttp http;

    @BeforeEach
    void open() throws IOException {
        server = ApiServer.start(agent, state, InetAddress.getLoopbackAddress(), 0);
        http = RawHttp.to(server, ApiFile.read(ApiFile.in(state)).token());
    }

    private void openQuick() throws IOException {
        server.close();
        server = ApiServer.start(agent, state, InetAddress.getLoopbackAddress(), 0, QUICK);
        http = RawHttp.to(server, ApiFile.read(ApiFile.in(state)).token());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String start() throws IOException {
        String body = "{\"url\":\"https://origin.example/file\"}";
        RawHttp.Reply reply = http.send(http.head("POST", "/v1/jobs") + http.authorization() + "Content-Length: "
                + body.length() + "\r\n\r\n" + body);
        assertThat(reply.status()).isEqualTo(201);
        return JsonInput.read(reply.body().getBytes(StandardCharsets.UTF_8), 4096, json -> json.text("id"));
    }

    private static ApiError error(RawHttp.Reply reply) {
        return ApiError.read(reply.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyRouteOfTheTableIsClosedToStrangers() throws IOException {
        RawHttp otherAgent = new RawHttp(http.port(), Secret.random().reveal());
        for (Route route : Route.values()) {
            String path = route.path("x");
            assertThat(http.askWithoutToken(route.method(), path).status())
                    .as(path)
                    .isEqualTo(401);
            assertThat(http.askWithoutToken(route.method(), path + "?token=" + http.token())
                            .status())
                    .as(path)
                    .isEqualTo(401);
            RawHttp.Reply wrong = otherAgent.ask(route.method(), path, "Cookie: byway=" + http.token());
            assertThat(wrong.status()).as(path).isEqualTo(401);
            assertThat(error(wrong).hint()).isNotEmpty();
        }
        assertThat(agent.requests).isEmpty();
        assertThat(agent.orders).isEmpty();
        assertThat(agent.stopped.getCount()).isEqualTo(1);
    }

    @Test
    void aPageOfAnotherSiteIsRefusedEvenWithTheToken() throws IOException {
        RawHttp.Reply post = http.ask("POST", "/v1/stop", "Origin: https://evil.example");
        assertThat(post.status()).isEqualTo(403);
        assertThat(error(post).code()).isEqualTo("cross-site");
        assertThat(http.ask("POST", GET, "Sec-Fetch-Site: cross-site").status()).isEqualTo(403);
        assertThat(agent.stopped.getCount()).isEqualTo(1);
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void aReboundNameIsRefused() throws IOException {
        RawHttp.Reply reply = http.send("GET /v1/status HTTP/1.1\r\nHost: evil.example:" + http.port() + "\r\n"
                + "Connection: close\r\n" + http.authorization() + "\r\n");
        assertThat(reply.status()).isEqualTo(421);
    }

    @Test
    void noAnswerLetsAPageReadIt() throws IOException {
        RawHttp.Reply preflight = http.askWithoutToken(
                "OPTIONS", "/v1/status", "Origin: https://evil.example", "Access-Control-Request-Method: GET");
        assertThat(preflight.status()).isEqualTo(403);
        for (RawHttp.Reply reply : List.of(preflight, http.ask("GET", "/v1/status"), http.ask("GET", "/v1/none"))) {
            assertThat(reply.head().toLowerCase(java.util.Locale.ROOT)).doesNotContain("access-control");
            assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(reply.header("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void pathsInDisguiseFindNothing() throws IOException {
        for (String path : List.of(
                "//v1/status",
                "/v1//status",
                "/v1/%2e%2e/v1/status",
                "/v1/../v1/status",
                "/v1/status/",
                "/V1/STATUS")) {
            assertThat(http.ask("GET", path).status()).as(path).isIn(400, 404);
        }
        String absolute = "http://127.0.0.1:" + http.port() + "/v1/status";
        assertThat(http.ask("GET", absolute).status()).isEqualTo(400);
    }

    @Test
    void aWrongMethodIsToldTheRightOne() throws IOException {
        RawHttp.Reply reply = http.ask("PUT", "/v1/jobs");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("POST, GET");
        RawHttp.Reply head = http.ask("HEAD", "/v1/status");
        assertThat(head.status()).isEqualTo(405);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aLongBodyIsRefusedWhetherAnnouncedOrNot() throws IOException {
        long tooLong = Route.START_JOB.maxBody() + 1L;
        try (Socket announced = http.open(
                http.head("POST", "/v1/jobs") + http.authorization() + "Content-Length: " + tooLong + "\r\n\r\n")) {
            assertThat(announced.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 413");
        }
        RawHttp.Reply chunked = http.send(http.head("POST", "/v1/stop") + http.authorization()
                + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(agent.stopped.getCount()).isEqualTo(1);
    }

    @Test
    void aBrokenRequestIsToldWhatIsWrong() throws IOException {
        String body = "{\"url\":\"gopher://x\"}";
        RawHttp.Reply reply = http.send(http.head("POST", "/v1/jobs") + http.authorization() + "Content-Length: "
                + body.length() + "\r\n\r\n" + body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply).message()).contains("url", "http");
    }

    @Test
    void aFileIsHandedOnInOrderWhileItComes() throws Exception {
        ScriptedJob job = agent.next("0123456789".getBytes(StandardCharsets.UTF_8));
        try (Socket socket = http.open(http.head("POST", GET) + http.authorization() + "\r\n")) {
            job.ready(4);
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) in.read());
            }
            assertThat(head.toString().toLowerCase(java.util.Locale.ROOT)).contains("content-length: 10");
            assertThat(in.readNBytes(4)).asString().isEqualTo("0123");
            assertThat(job.closed.getCount()).isEqualTo(1);
            job.done();
            assertThat(in.readAllBytes()).asString().isEqualTo("456789");
        }
        assertThat(job.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.requests.getFirst().url()).isEqualTo(URI.create("https://origin.example/file"));
    }

    @Test
    void aFileThatGoesOnFromAnotherPlaceIsHandedOnWithoutAGap() throws Exception {
        ScriptedJob job = agent.next("0123456789".getBytes(StandardCharsets.UTF_8));
        job.movesAt(6);
        job.done();

        RawHttp.Reply reply = http.ask("POST", GET);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("0123456789");
    }

    @Test
    void aFileOfUnknownLengthEndsProperly() throws Exception {
        ScriptedJob job = agent.next("0123456789".getBytes(StandardCharsets.UTF_8));
        try (Socket socket = http.open(http.head("POST", GET) + http.authorization() + "\r\n")) {
            job.readyOfUnknown(3);
            InputStream in = socket.getInputStream();
            byte[] first = in.readNBytes(12);
            job.done();
            String rest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 200");
            assertThat(rest).contains("chunked").contains("012").endsWith("0\r\n\r\n");
        }
    }

    @Test
    void anEmptyFileIsAnEmptyAnswer() throws Exception {
        agent.next(new byte[0]).done();
        RawHttp.Reply reply = http.ask("POST", GET);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Length")).contains("0");
    }

    @Test
    void aDownloadThatFailsBeforeItsFirstByteIsAnError() throws Exception {
        ScriptedJob job = agent.next(new byte[9]);
        job.failed("DNS", "origin.example has no address; check the name");
        RawHttp.Reply reply = http.ask("POST", GET);
        assertThat(reply.status()).isEqualTo(502);
        assertThat(error(reply)).isEqualTo(new ApiError("DNS", "origin.example has no address; check the name", ""));
        assertThat(job.closed.getCount()).isZero();
    }

    @Test
    void aPartIsNeverTakenForTheWhole() throws Exception {
        for (boolean restart : new boolean[] {true, false}) {
            ScriptedJob job = agent.next("0123456789".getBytes(StandardCharsets.UTF_8));
            try (Socket socket = http.open(http.head("POST", GET) + http.authorization() + "\r\n")) {
                job.readyOfUnknown(3);
                assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
                if (restart) {
                    job.restarted();
                } else {
                    job.failed("REFUSED", "the origin says no");
                }
                String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(rest).doesNotContain("0\r\n\r\n");
            }
            assertThat(job.closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aClientThatGoesAwayEndsItsDownload() throws Exception {
        ScriptedJob job = agent.next(new byte[64 << 20]);
        try (Socket socket = http.open(http.head("POST", GET) + http.authorization() + "\r\n")) {
            job.ready(32 << 20);
            assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
        }
        assertThat(job.closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void rangesAreReadyOrRefusedAsSuch() throws Exception {
        ScriptedJob job = agent.next("0123456789".getBytes(StandardCharsets.UTF_8));
        String data = "/v1/jobs/" + start() + "/data";
        job.ready(5);
        RawHttp.Reply good = http.ask("GET", data, "Range: bytes=1-4");
        assertThat(good.status()).isEqualTo(206);
        assertThat(good.body()).isEqualTo("1234");
        assertThat(good.header("Content-Range")).contains("bytes 1-4/10");
        assertThat(good.header("Content-Length")).contains("4");
        assertThat(error(http.ask("GET", data, "Range: bytes=1-5")).code()).isEqualTo("not-ready");
        assertThat(http.ask("GET", data, "Range: bytes=1-5").status()).isEqualTo(409);
        assertThat(http.ask("GET", data, "Range: bytes=1-10").status()).isEqualTo(416);
        for (String bad : List.of(
                "bytes=4-1", "bytes=-5", "bytes=1-", "bytes=0-1,3-4", "lines=1-2", "bytes=0-" + "9".repeat(30))) {
            assertThat(http.ask("GET", data, "Range: " + bad).status()).as(bad).isEqualTo(400);
        }
        job.done();
        RawHttp.Reply whole = http.ask("GET", data);
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo("0123456789");
        assertThat(job.closed.getCount()).isEqualTo(1);
    }

    @Test
    void eventsAreOneStatusALineWithAHeartbeatUntilTheEnd() throws Exception {
        openQuick();
        ScriptedJob job = agent.next(new byte[10]);
        String events = "/v1/jobs/" + start() + "/events";
        try (Socket socket = http.open("GET " + events + " HTTP/1.0\r\nHost: 127.0.0.1:" + http.port() + "\r\n"
                + http.authorization() + "\r\n")) {
            Thread.ofVirtual().start(() -> {
                job.ready(3);
                awaitHeartbeats();
                job.done();
            });
            String body = RawHttp.reply(socket.getInputStream().readAllBytes()).body();
            List<JobStatus> statuses = body.lines()
                    .map(line -> JobStatusJson.read(line.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            assertThat(statuses.getLast()).isEqualTo(job.status());
            assertThat(statuses.stream().filter(status -> status.state() == JobStatus.State.DOWNLOADING))
                    .as("heartbeats repeat the status")
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    private static void awaitHeartbeats() {
        try {
            Thread.sleep(QUICK.heartbeat().multipliedBy(4));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void eventStreamsAreCounted() throws Exception {
        openQuick();
        agent.next(new byte[10]);
        String events = "/v1/jobs/" + start() + "/events";
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < QUICK.eventStreams(); i++) {
            Socket socket = http.open(http.head("GET", events) + http.authorization() + "\r\n");
            assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            open.add(socket);
        }
        assertThat(http.ask("GET", events).status()).isEqualTo(503);
        for (Socket socket : open) {
            socket.close();
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        int status = 503;
        while (status == 503 && System.nanoTime() < deadline) {
            try (Socket socket = http.open(http.head("GET", events) + http.authorization() + "\r\n")) {
                String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
                status = Integer.parseInt(line.substring(9));
            }
        }
        assertThat(status).as("places are given back").isEqualTo(200);
    }

    @Test
    void aJobThatItsClientForgotIsClosed() throws Exception {
        openQuick();
        ScriptedJob job = agent.next(new byte[10]);
        String id = start();
        assertThat(job.closed.await(20, TimeUnit.SECONDS)).isTrue();
        RawHttp.Reply reply = http.ask("GET", "/v1/jobs/" + id);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(error(reply).code()).isEqualTo("unknown-job");
    }

    @Test
    void aLongPollKeepsItsJob() throws Exception {
        openQuick();
        ScriptedJob job = agent.next(new byte[10]);
        String id = start();
        RawHttp.Reply reply =
                http.ask("GET", "/v1/jobs/" + id + "?after=" + job.status().version());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(QUICK.longestWait()).isGreaterThan(QUICK.patience());
        assertThat(job.closed.getCount()).isEqualTo(1);
    }

    @Test
    void slowAndSilentClientsDoNotHoldUpOthers() throws Exception {
        ScriptedJob job = agent.next(new byte[64 << 20]);
        job.done();
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            slow.add(http.open("GET /v1/status HTTP/1.1\r\nHo"));
        }
        slow.add(http.open(http.head("POST", GET) + http.authorization() + "\r\n"));
        long before = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(http.ask("GET", "/v1/status").status()).isEqualTo(200);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void theDashboardOpensOnceByItsLinkAndThenByItsCookie() throws Exception {
        RawHttp.Reply link = http.ask("POST", "/v1/dashboard-link");
        String url = JsonInput.read(link.body().getBytes(StandardCharsets.UTF_8), 4096, json -> json.text("url"));
        String target = url.substring(server.url().length());
        RawHttp.Reply entered = http.askWithoutToken("GET", target, "Sec-Fetch-Site: none");
        assertThat(entered.status()).isEqualTo(303);
        assertThat(entered.header("Location")).contains("/dash");
        String cookie = entered.header("Set-Cookie").orElseThrow();
        assertThat(cookie).endsWith("; Path=/dash; HttpOnly; SameSite=Strict");
        assertThat(http.askWithoutToken("GET", target).status()).isEqualTo(401);

        String own = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
        RawHttp.Reply page = http.askWithoutToken("GET", "/dash", own);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'");
        assertThat(page.body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert")
                .doesNotContain("http://", "https://");
        for (String path : List.of("/dash/content", "/dash/page.js", "/dash/page.css")) {
            assertThat(http.askWithoutToken("GET", path, own).status()).as(path).isEqualTo(200);
        }
        assertThat(http.askWithoutToken("GET", "/dash", own, "Sec-Fetch-Site: same-site")
                        .status())
                .isEqualTo(403);
        assertThat(http.askWithoutToken("GET", "/v1/status", own).status()).isEqualTo(401);
    }

    @Test
    void aTakenPortIsNamed() {
        assertThatThrownBy(() -> ApiServer.start(agent, state, InetAddress.getLoopbackAddress(), http.port()))
                .isInstanceOf(ApiStartException.class)
                .hasMessageContaining("port " + http.port());
    }

    @Test
    void onlyLoopbackIsListenedOn() throws Exception {
        InetAddress all = InetAddress.getByName("0.0.0.0");
        assertThatThrownBy(() -> ApiServer.start(agent, state, all, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSmallFileThroughAWarmDoorTakesMilliseconds() throws Exception {
        byte[] file = new byte[1024];
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            agent.next(file).done();
            long begin = System.nanoTime();
            RawHttp.Reply reply = http.ask("POST", GET);
            millis.add((System.nanoTime() - begin) / 1e6);
            assertThat(reply.body()).hasSize(1024);
        }
        millis.sort(Double::compare);
        System.out.printf(
                "1 KiB through the warm local API: median %.2f ms, worst %.2f ms%n", millis.get(30), millis.get(59));
    }
}
