package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.origin.OriginAnswer.Kind;
import dev.byway.testing.Faults;
import dev.byway.testing.FaultyServer;
import dev.byway.testing.TestCa;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class OriginRedirectTest {
    private static final byte[] FILE = Reading.file(1000);
    private static final Headers SECRETS = Headers.NONE
            .with("Authorization", "Bearer s3cret")
            .with("Cookie", "c=s3cret")
            .with("X-Token", "s3cret");

    @TempDir
    Path folder;

    private final TestCa ca = new TestCa("Redirect CA");
    private final OriginClient client = new OriginClient(OriginSettings.defaults("1"));

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void headersOfTheUserReachTheOriginAndStayThereOnACrossOriginRedirect() throws IOException {
        try (FaultyServer other = FaultyServer.start(Faults.none(FILE, "\"a\""));
                FaultyServer first = FaultyServer.start(Faults.redirects(
                        302, n -> n == 1 ? "/again" : other.uri("/f").toString()))) {
            OriginAnswer.Body body =
                    Reading.body(client.open(OriginRequest.of(first.uri("/f")).with(SECRETS)));
            assertThat(Reading.all(body)).isEqualTo(FILE);
            assertThat(first.requests()).hasSize(2).allMatch(request -> request.contains("s3cret"));
            assertThat(other.requests()).hasSize(1).noneMatch(request -> request.contains("s3cret"));
            assertThat(body.about().hops().stream().map(Hop::crossOrigin)).containsExactly(false, true);
            assertThat(body.about().asked()).containsExactly(first.uri("/f"), first.uri("/again"), other.uri("/f"));
            assertThat(first.connections())
                    .as("the redirect's body is read over")
                    .isEqualTo(1);
        }
    }

    @Test
    void secretsDoNotComeBackWhenARedirectLeadsBack() throws IOException {
        try (FaultyServer home = FaultyServer.start(exchange -> {
                    if (exchange.target().startsWith("/back")) {
                        Faults.none(FILE, "\"a\"").answer(exchange);
                    } else {
                        exchange.send("HTTP/1.1 307 T\nLocation: "
                                + exchange.target().substring(1) + "\nContent-Length: 0\n\n");
                    }
                });
                FaultyServer other = FaultyServer.start(
                        Faults.redirects(302, _ -> home.uri("/back").toString()))) {
            URI start = URI.create("http://user:p%40ss@127.0.0.1:" + home.port() + "/" + other.uri("/x"));
            OriginAnswer.Body body = Reading.body(client.open(OriginRequest.of(start)));
            assertThat(Reading.all(body)).isEqualTo(FILE);
            assertThat(home.requests().getFirst()).contains("Authorization: Basic dXNlcjpwQHNz");
            assertThat(home.requests().getLast()).doesNotContain("Authorization");
            assertThat(body.about().asked().toString()).doesNotContain("user");
        }
    }

    @Test
    void aRedirectFromHttpsToHttpIsNotFollowed() throws IOException {
        try (OriginClient trusting = new OriginClient(
                        OriginSettings.defaults("1").with(TrustAnchors.platformAnd(ca.certificateIn(folder))));
                FaultyServer plain = FaultyServer.start(Faults.none(FILE, "\"a\""));
                FaultyServer secure = FaultyServer.startTls(
                        ca.issue("localhost"),
                        Faults.redirects(301, _ -> plain.uri("/f").toString()))) {
            OriginAnswer.Failed failed = Reading.failed(trusting.open(OriginRequest.of(secure.uri("/f"))));
            assertThat(failed.kind()).isEqualTo(Kind.REDIRECT_REFUSED);
            assertThat(failed.message()).contains(plain.uri("/f").toString(), "from https to http is not followed");
            assertThat(plain.connections()).isZero();
        }
    }

    @Test
    void anEndlessChainStopsAfterTen() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.redirects(302, n -> "/hop" + n))) {
            OriginAnswer.Failed failed = Reading.failed(client.open(OriginRequest.of(server.uri("/f"))));
            assertThat(failed.kind()).isEqualTo(Kind.TOO_MANY_REDIRECTS);
            assertThat(server.requests()).hasSize(11);
        }
    }

    @Test
    void aRedirectToAnythingButHttpIsRefused() throws IOException {
        for (String location :
                List.of("file:///etc/passwd", "ftp://h/f", "http://", "http://h:99999/", "http://[::1")) {
            try (FaultyServer server = FaultyServer.start(Faults.redirects(302, _ -> location))) {
                assertThat(Reading.failed(client.open(OriginRequest.of(server.uri("/f"))))
                                .kind())
                        .as(location)
                        .isEqualTo(Kind.PROTOCOL);
            }
        }
    }

    @Test
    void relativeAndSloppyLocationsResolveAsBrowsersDo() {
        URI base = URI.create("https://h/a/b?q");
        assertThat(Redirects.resolve(base, "c")).hasToString("https://h/a/c");
        assertThat(Redirects.resolve(base, "/c#frag")).hasToString("https://h/c");
        assertThat(Redirects.resolve(base, "?x=1")).hasToString("https://h/a/b?x=1");
        assertThat(Redirects.resolve(base, "//other/c")).hasToString("https://other/c");
        assertThat(Redirects.resolve(base, "/a b|c\u00e4")).hasToString("https://h/a%20b%7Cc%E4");
        assertThat(Redirects.resolve(base, "https://u:p@Other:443")).hasToString("https://other/");
    }
}
