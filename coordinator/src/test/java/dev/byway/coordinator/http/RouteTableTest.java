package dev.byway.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCredentials;
import dev.byway.coordinator.TestFleet;
import dev.byway.core.fleet.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class RouteTableTest {
    private static final String ID = "0".repeat(63) + "1";

    @TempDir
    Path folder;

    private TestFleet fleet;

    @BeforeEach
    void start() {
        fleet = TestFleet.start(folder);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void onlyEnrolmentAndHealthAreForAnybody() {
        assertThat(Arrays.stream(Route.values()).filter(route -> route.access() == Access.ANYONE))
                .containsExactlyInAnyOrder(Route.ENROL, Route.HEALTH);
    }

    @Test
    void withoutACredentialEveryOtherRouteIs401() throws Exception {
        HttpClient nobody = client();
        for (Route route : Route.values()) {
            int status = call(nobody, route, "").statusCode();
            if (route.access() == Access.ANYONE) {
                assertThat(status).as(route.name()).isNotIn(401, 403);
            } else {
                assertThat(status).as(route.name()).isEqualTo(401);
            }
        }
    }

    @Test
    void withAWrongBearerTokenEveryRouteIs401() throws Exception {
        HttpClient nobody = client();
        String right = fleet.coordinator().fleet().adminToken().bearer();
        for (String wrong : List.of("Bearer " + ID, "Bearer ", "Basic " + right, right, "Bearer " + right + "00")) {
            for (Route route : Route.values()) {
                assertThat(call(nobody, route, wrong).statusCode())
                        .as(route.name())
                        .isIn(401, 429);
            }
        }
    }

    @Test
    void theAdminIsNoDeviceAndADeviceIsNoAdmin() throws Exception {
        TestFleet.Member member = fleet.join();
        HttpClient device = client(member.credentials().keyManager(member.key()));
        HttpClient nobody = client();
        String admin = "Bearer " + fleet.coordinator().fleet().adminToken().bearer();
        for (Route route : Route.values()) {
            if (route.access() == Access.ADMIN) {
                assertThat(call(device, route, "").statusCode())
                        .as(route.name())
                        .isEqualTo(403);
            }
            if (route.access() == Access.DEVICE) {
                assertThat(call(nobody, route, admin).statusCode())
                        .as(route.name())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void aCertificateThatTheFleetDidNotSignOpensNothing() throws Exception {
        DeviceKey stranger = fleet.newKey();
        FleetCredentials selfSigned = new FleetCredentials(List.of(stranger.certificate()), stranger.certificate());
        HttpClient client = client(selfSigned.keyManager(stranger));
        for (Route route : List.of(Route.ANNOUNCE, Route.LOOK_UP, Route.EVENTS, Route.CREATE_TOKEN)) {
            assertThatThrownBy(() -> call(client, route, "")).as(route.name()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsNotInTheTableIsNotServed() throws Exception {
        String base = fleet.coordinator().urls().getFirst();
        for (String path : List.of("/", "/v1", "/v1/audit", "/v1/enrol/", "/v2/health", "/v1/content/../devices")) {
            HttpResponse<byte[]> response = client().send(
                            HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).as(path).isIn(401, 404);
            assertThat(Refusal.read(response.body()).message()).isNotBlank();
        }
    }

    @Test
    void aBodyBeyondTheRoutesLimitIs413() throws Exception {
        HttpResponse<byte[]> response = client().send(
                        HttpRequest.newBuilder(
                                        URI.create(fleet.coordinator().urls().getFirst() + Route.ENROL.path()))
                                .POST(BodyPublishers.ofByteArray(new byte[Route.ENROL.maxBody() + 1]))
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(413);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, (byte) 'x');
                return length;
            }
        };
        try {
            assertThat(client().send(
                                    HttpRequest.newBuilder(URI.create(
                                                    fleet.coordinator().urls().getFirst() + Route.ENROL.path()))
                                            .POST(BodyPublishers.ofInputStream(() -> endless))
                                            .timeout(Duration.ofSeconds(20))
                                            .build(),
                                    BodyHandlers.ofByteArray())
                            .statusCode())
                    .isEqualTo(413);
        } catch (IOException e) {
            assertThat(e).as("the connection is closed instead").isNotInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void tooManyRequestsAre429WithATimeToRetryAfter() throws Exception {
        HttpClient client = client();
        for (int i = 0; i < 1000; i++) {
            HttpResponse<byte[]> response = call(client, Route.CREATE_TOKEN, "");
            if (response.statusCode() == 429) {
                assertThat(response.headers().firstValue("Retry-After").map(Integer::parseInt))
                        .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 60));
                return;
            }
        }
        throw new AssertionError("a thousand wrong calls were taken");
    }

    @Test
    void theDescriptionHasExactlyTheseRoutesAndTheirAccess() throws Exception {
        TestFleet.Member member = fleet.join();
        HttpClient device = client(member.credentials().keyManager(member.key()));
        HttpResponse<byte[]> response = call(device, Route.API, "");
        assertThat(response.statusCode()).isEqualTo(200);
        Map<?, ?> api = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(new String(response.body(), StandardCharsets.UTF_8));

        Set<String> described = new HashSet<>();
        Map<?, ?> paths = (Map<?, ?>) Objects.requireNonNull(api.get("paths"));
        paths.forEach((path, item) -> ((Map<?, ?>) item).forEach((method, operation) -> {
            if (!"parameters".equals(method)) {
                described.add(
                        method.toString().toUpperCase(Locale.ROOT) + " " + path + " " + access((Map<?, ?>) operation));
            }
        }));
        assertThat(described)
                .isEqualTo(Arrays.stream(Route.values())
                        .map(route -> route.method() + " " + route.path() + " " + route.access())
                        .collect(Collectors.toSet()));
    }

    private static Access access(Map<?, ?> operation) {
        if (!operation.containsKey("security")) {
            return Access.FLEET;
        }
        List<?> security = (List<?>) Objects.requireNonNull(operation.get("security"));
        if (security.isEmpty()) {
            return Access.ANYONE;
        }
        return ((Map<?, ?>) security.getFirst()).containsKey("admin") ? Access.ADMIN : Access.DEVICE;
    }

    private HttpResponse<byte[]> call(HttpClient client, Route route, String authorization)
            throws IOException, InterruptedException {
        String path = route.path()
                .replace("{content}", ID + ":1000")
                .replace("{pieceLength}", "1048576")
                .replace("{device}", ID)
                .replace("{key}", ID);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(fleet.coordinator().urls().getFirst() + path))
                .timeout(Duration.ofSeconds(10))
                .method(route.method(), BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Trusts anything: who the server is does not matter here, who the client is does. */
    private static HttpClient client(KeyManager... keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys, new TrustManager[] {new Anything()}, null);
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }
}
