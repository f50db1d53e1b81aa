package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteRange;
import dev.byway.testing.NginxServer;
import dev.byway.testing.TestCa;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server. */
final class OriginClientNginxTest {
    private static final byte[] FILE = Reading.file(3_000_000);

    @TempDir
    static Path home;

    private static Optional<NginxServer> running = Optional.empty();
    private static TrustAnchors anchors = TrustAnchors.platform();

    private final OriginClient client =
            new OriginClient(OriginSettings.defaults("test").with(anchors));

    @BeforeAll
    static void startNginx() {
        NginxServer.assumeInstalled();
        TestCa ca = new TestCa("Byway test CA");
        anchors = TrustAnchors.platformAnd(ca.certificateIn(home));
        NginxServer server = NginxServer.start(
                home.resolve("."),
                Optional.of(ca.issue("localhost", "127.0.0.1")),
                "location = /old { return 302 /file?new; }",
                "location = /loop { return 301 /loop; }");
        server.put("file", FILE);
        server.put("empty", new byte[0]);
        running = Optional.of(server);
    }

    @AfterAll
    static void stopNginx() {
        running.ifPresent(NginxServer::close);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private static NginxServer nginx() {
        return running.orElseThrow();
    }

    @Test
    void oneRequestWithoutRangeTellsEverythingAboutAFile() {
        OriginAnswer.Body body = Reading.body(client.open(OriginRequest.of(nginx().plain("/file"))));
        Representation about = body.about();
        assertThat(about.status()).isEqualTo(200);
        assertThat(about.length()).hasValue(FILE.length);
        assertThat(about.validators().length()).hasValue(FILE.length);
        assertThat(about.validators().etag())
                .hasValueSatisfying(tag -> assertThat(tag).startsWith("\""));
        assertThat(about.validators().lastModified()).isPresent();
        assertThat(about.ranges()).isEqualTo(RangeSupport.YES);
        assertThat(Reading.all(body)).isEqualTo(FILE);
    }

    @Test
    void aPartIsExactlyThePartAskedFor() {
        OriginAnswer.Body body = Reading.body(
                client.open(OriginRequest.of(nginx().plain("/file")).part(new ByteRange(1000, 5000))));
        assertThat(body.about().status()).isEqualTo(206);
        assertThat(body.about().offset()).isEqualTo(1000);
        assertThat(body.about().validators().length()).hasValue(FILE.length);
        assertThat(Reading.all(body)).isEqualTo(Arrays.copyOfRange(FILE, 1000, 6000));
    }

    @Test
    void aPartBeyondTheEndIsCutAtTheEnd() {
        OriginAnswer.Body body = Reading.body(
                client.open(OriginRequest.of(nginx().plain("/file")).part(new ByteRange(FILE.length - 10, 1 << 20))));
        assertThat(body.about().length()).hasValue(10);
        assertThat(Reading.all(body)).hasSize(10);
    }

    @Test
    void theRestOfAFileBeginsAtItsOffsetAndOfACompleteFileIsEmpty() {
        OriginRequest request = OriginRequest.of(nginx().plain("/file"));
        assertThat(Reading.all(Reading.body(client.open(request.from(2_999_000)))))
                .hasSize(1000);
        OriginAnswer.Body none = Reading.body(client.open(request.from(FILE.length)));
        assertThat(none.about().validators().length()).hasValue(FILE.length);
        assertThat(Reading.all(none)).isEmpty();
    }

    @Test
    void aRangeBehindTheEndIsRefusedWithTheLength() {
        OriginAnswer answer =
                client.open(OriginRequest.of(nginx().plain("/file")).part(new ByteRange(FILE.length + 5L, 10)));
        assertThat(answer).isInstanceOfSatisfying(OriginAnswer.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(416);
            assertThat(refused.message()).contains("3,000,000 bytes");
        });
    }

    @Test
    void anEmptyFileIsABodyOfNoBytes() {
        OriginAnswer.Body body = Reading.body(client.open(OriginRequest.of(nginx().plain("/empty"))));
        assertThat(body.about().length()).hasValue(0);
        assertThat(Reading.all(body)).isEmpty();
    }

    @Test
    void oneConnectionServesManyRequestsWhenBodiesAreReadToTheirEnd() {
        for (int i = 0; i < 5; i++) {
            byte[] part = Reading.all(Reading.body(
                    client.open(OriginRequest.of(nginx().plain("/file?reuse")).part(new ByteRange(i * 10L, 10)))));
            assertThat(part).hasSize(10);
        }
        assertThat(nginx().accessLog()
                        .filter(line -> line.contains("?reuse"))
                        .map(line -> line.substring(line.indexOf("connection=")))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void tlsWithAPrivateAuthorityWorksOnceItIsAddedAndKeepsItsConnection() {
        for (int i = 0; i < 3; i++) {
            OriginAnswer.Body body = Reading.body(client.open(OriginRequest.of(nginx().tls("/file?tls"))));
            assertThat(Reading.all(body)).isEqualTo(FILE);
        }
        assertThat(nginx().accessLog()
                        .filter(line -> line.contains("?tls"))
                        .map(line -> line.substring(line.indexOf("connection=")))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aFileThatIsStillTheSameIsNotModified() {
        OriginRequest request = OriginRequest.of(nginx().plain("/file"));
        OriginAnswer.Body body = Reading.body(client.open(request));
        body.close();
        assertThat(client.open(request.unlessSameAs(body.about().validators())))
                .isInstanceOf(OriginAnswer.NotModified.class);
    }

    @Test
    void aFileThatChangedBetweenTwoRangesIsReportedAndNotMixed() throws Exception {
        Path path = nginx().put("changing", Reading.file(1000));
        OriginRequest request = OriginRequest.of(nginx().plain("/changing"));
        OriginAnswer.Body first = Reading.body(client.open(request.part(new ByteRange(0, 500))));
        assertThat(Reading.all(first)).hasSize(500);
        OriginRequest second =
                request.part(new ByteRange(500, 500)).sameAs(first.about().validators());
        assertThat(Reading.all(Reading.body(client.open(second)))).hasSize(500);
        nginx().put("changing", Reading.file(1001));
        Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(client.open(second)).isInstanceOfSatisfying(OriginAnswer.Changed.class, changed -> {
            assertThat(changed.now().length()).isEqualTo(OptionalLong.of(1001));
            assertThat(changed.message())
                    .contains("/changing changed at the origin: its length was 1000 and now is 1001");
        });
    }

    @Test
    void redirectsAreFollowedAndReported() {
        OriginAnswer.Body body = Reading.body(client.open(OriginRequest.of(nginx().plain("/old"))));
        assertThat(Reading.all(body)).isEqualTo(FILE);
        assertThat(body.about().uri()).isEqualTo(nginx().plain("/file?new"));
        assertThat(body.about().hops())
                .containsExactly(new Hop(302, nginx().plain("/old"), nginx().plain("/file?new")));
    }

    @Test
    void aRedirectLoopEndsWithAClearFailure() {
        OriginAnswer.Failed failed = Reading.failed(client.open(OriginRequest.of(nginx().plain("/loop"))));
        assertThat(failed.kind()).isEqualTo(OriginAnswer.Kind.TOO_MANY_REDIRECTS);
        assertThat(failed.message()).contains("redirects more than 10 times");
    }

    @Test
    void aMissingFileIsRefusedWithAdvice() {
        assertThat(client.open(OriginRequest.of(nginx().plain("/none?secret=1"))))
                .isInstanceOfSatisfying(OriginAnswer.Refused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(404);
                    assertThat(refused.message())
                            .contains("/none?…: 404 Not Found; nothing is there; check the address")
                            .doesNotContain("secret");
                });
    }

    @Test
    void plainHttpToATlsPortAndTlsToAPlainPortSaySo() {
        String swapped = nginx().plain("/file").toString().replace("http:", "https:");
        OriginAnswer.Failed failed = Reading.failed(client.open(OriginRequest.of(URI.create(swapped))));
        assertThat(failed.kind()).isEqualTo(OriginAnswer.Kind.TLS);
        assertThat(failed.message()).contains("does not speak TLS on this port");
    }
}
