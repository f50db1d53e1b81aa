package dev.byway.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorRulesTest {
    private static final int PORT = 4711;
    private static final Secret TOKEN = Secret.random();
    private static final String COOKIE = Secret.random().reveal();
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final DoorRules rules = new DoorRules(PORT, TOKEN, COOKIE::equals);

    private static Map<String, List<String>> headers(String... more) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Host", List.of("127.0.0.1:" + PORT));
        headers.put("Authorization", List.of("Bearer " + TOKEN.reveal()));
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], List.of(more[i + 1]));
        }
        return headers;
    }

    private int status(String method, String target, Map<String, List<String>> headers) {
        return status(new DoorRequest(method, target, headers, HERE));
    }

    private int status(DoorRequest request) {
        return switch (rules.decide(request)) {
            case Decision.Allow allow -> 200;
            case Decision.Deny deny -> deny.status();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:4711", "127.9.8.7:4711", "localhost:4711", "LocalHost:4711", "[::1]:4711"})
    void aLoopbackNameWithOurPortIsOurs(String host) {
        assertThat(status("GET", "/v1/status", headers("Host", host))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:4711",
                "127.0.0.1",
                "127.0.0.1:80",
                "127.0.0.1.evil.example:4711",
                "localhost.evil.example:4711",
                "localhost.:4711",
                "127.1:4711",
                "0.0.0.0:4711",
                "2130706433:4711",
                "127.0.0.256:4711",
                "[::ffff:127.0.0.1]:4711",
                "user@127.0.0.1:4711",
                "127.0.0.1:4711:4711",
                ""
            })
    void anyOtherNameIsRefused(String host) {
        assertThat(status("GET", "/v1/status", headers("Host", host))).isEqualTo(421);
    }

    @Test
    void noHostOrTwoHostsAreRefused() {
        Map<String, List<String>> none = headers();
        none.remove("Host");
        assertThat(status("GET", "/v1/status", none)).isEqualTo(421);
        Map<String, List<String>> two = headers();
        two.put("Host", List.of("127.0.0.1:4711", "127.0.0.1:4711"));
        assertThat(status("GET", "/v1/status", two)).isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://127.0.0.1:80",
                "https://127.0.0.1:4711",
                "http://localhost:4711"
            })
    void aForeignOriginIsRefused(String origin) {
        assertThat(status("POST", "/v1/jobs", headers("Origin", origin))).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "anything"})
    void aRequestThatAnotherSiteMadeIsRefused(String site) {
        assertThat(status("GET", "/v1/status", headers("Sec-Fetch-Site", site))).isEqualTo(403);
    }

    @Test
    void ourOwnPageMayAsk() {
        assertThat(status(
                        "GET",
                        "/v1/status",
                        headers("Sec-Fetch-Site", "same-origin", "Origin", "http://127.0.0.1:4711")))
                .isEqualTo(200);
        assertThat(status("GET", "/v1/status", headers("Sec-Fetch-Site", "none")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "10.0.0.1", "::", "fe80::1", "2001:db8::1"})
    void otherMachinesAreRefused(String address) {
        DoorRequest request = new DoorRequest("GET", "/v1/status", headers(), InetAddress.ofLiteral(address));
        assertThat(status(request)).isEqualTo(403);
    }

    @Test
    void onlyOneExactBearerTokenOpens() {
        String token = TOKEN.reveal();
        for (String wrong : List.of(
                "",
                token,
                "bearer " + token,
                "Bearer  " + token,
                "Bearer " + token + "x",
                "Bearer " + token.substring(1),
                "Basic " + token,
                "Bearer " + Secret.random().reveal())) {
            assertThat(status("GET", "/v1/status", headers("Authorization", wrong)))
                    .isEqualTo(401);
        }
        Map<String, List<String>> two = headers();
        two.put("Authorization", List.of("Bearer " + token, "Bearer " + token));
        assertThat(status("GET", "/v1/status", two)).isEqualTo(401);
    }

    @Test
    void aTokenInTheQueryOrACookieOpensNothing() {
        Map<String, List<String>> headers = headers("Cookie", "byway=" + TOKEN.reveal());
        headers.remove("Authorization");
        assertThat(status("GET", "/v1/status?token=" + TOKEN.reveal(), headers)).isEqualTo(401);
        assertThat(status("GET", "/v1/status?access_token=" + TOKEN.reveal(), headers))
                .isEqualTo(401);
        assertThat(status("GET", "/dash/content", headers)).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void theCookieOpensTheDashboardsPagesAndNothingElse(Route route) {
        Map<String, List<String>> headers = headers("Cookie", "other=1; byway=" + COOKIE);
        headers.remove("Authorization");
        int expected = switch (route.access()) {
            case TOKEN -> 401;
            case SESSION, LINK -> 200;
        };
        assertThat(status(route.method(), route.path("x"), headers)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void nothingOpensWithoutACredential(Route route) {
        Map<String, List<String>> headers = headers();
        headers.remove("Authorization");
        assertThat(status(route.method(), route.path("x"), headers)).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void everyRouteTakesItsOwnMethodsOnly(Route route) {
        Map<String, List<String>> headers = headers("Cookie", "byway=" + COOKIE);
        assertThat(status(route.method(), route.path("x"), headers)).isEqualTo(200);
        for (String method : List.of("PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "get")) {
            assertThat(status(method, route.path("x"), headers)).isEqualTo(405);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//v1/status",
                "/v1//status",
                "/v1/status/",
                "/v1/../v1/status",
                "/v1/./status",
                "/v1/%2e%2e/v1/status",
                "/v1%2fstatus",
                "/v1/status%00",
                "/v1/status;x=1",
                "/v1\\status",
                "http://127.0.0.1:4711/v1/status",
                "v1/status",
                "*",
                ""
            })
    void aPathInDisguiseIsRefused(String target) {
        assertThat(status("GET", target, headers())).isEqualTo(400);
    }

    @Test
    void whatIsNotInTheTableDoesNotExist() {
        for (String path :
                List.of("/", "/v1", "/v2/status", "/v1/jobs/a/b", "/V1/status", "/dash/other", "/api.json")) {
            assertThat(status("GET", path, headers())).isIn(400, 404);
        }
        Map<String, List<String>> stranger = headers();
        stranger.remove("Authorization");
        assertThat(status("GET", "/v1/nothing", stranger)).isEqualTo(401);
    }

    @Test
    void aLongBodyOrTargetIsRefusedUnread() {
        assertThat(status("POST", "/v1/jobs", headers("Content-Length", "" + Route.START_JOB.maxBody())))
                .isEqualTo(200);
        assertThat(status("POST", "/v1/jobs", headers("Content-Length", "" + (Route.START_JOB.maxBody() + 1))))
                .isEqualTo(413);
        assertThat(status("POST", "/v1/stop", headers("Content-Length", "1"))).isEqualTo(413);
        assertThat(status("POST", "/v1/stop", headers("Content-Length", "9".repeat(40))))
                .isEqualTo(413);
        assertThat(status("GET", "/v1/status?" + "x".repeat(DoorRules.MAX_TARGET), headers()))
                .isEqualTo(400);
    }
}
