package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.fleet.EgressRule;
import dev.byway.core.policy.Secret;
import dev.byway.origin.OriginAnswer.Kind;
import dev.byway.testing.Faults;
import dev.byway.testing.FaultyServer;
import dev.byway.testing.ForwardProxy;
import dev.byway.testing.RefusingPort;
import dev.byway.testing.TestCa;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class OriginProxyTest {
    private static final byte[] FILE = Reading.file(100_000);

    @TempDir
    Path folder;

    private final TestCa ca = new TestCa("Proxy CA");

    private static ProxyRules environment(String proxy) {
        return ProxyRules.fromEnvironment(Map.of("http_proxy", proxy, "HTTPS_PROXY", proxy));
    }

    private OriginClient client(ProxyRules rules) {
        return new OriginClient(
                OriginSettings.defaults("1").with(rules).with(TrustAnchors.platformAnd(ca.certificateIn(folder))));
    }

    @Test
    void plainRequestsNameTheWholeAddressAndCarryTheCredentials() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.none(FILE, "\"a\""));
                ForwardProxy proxy = ForwardProxy.start("user:p@ss");
                OriginClient client = client(environment("http://user:p%40ss@" + proxy.hostAndPort()))) {
            URI uri = URI.create("http://origin.test:" + server.port() + "/f");
            assertThat(Reading.all(Reading.body(client.open(OriginRequest.of(uri)))))
                    .isEqualTo(FILE);
            assertThat(proxy.requests().getFirst()).startsWith("GET " + uri + " HTTP/1.1\r\n");
            assertThat(server.requests().getFirst()).doesNotContain("Proxy-Authorization");
        }
    }

    @Test
    void secureRequestsGoThroughATunnelThatSeesNoCredentialsOfTheUser() throws IOException {
        try (FaultyServer server = FaultyServer.startTls(ca.issue("origin.test"), Faults.none(FILE, "\"a\""));
                ForwardProxy proxy = ForwardProxy.start("user:pass");
                OriginClient client = client(ProxyRules.configured(
                        URI.create("http://" + proxy.hostAndPort()),
                        Optional.of(new Secret("user:pass")),
                        List.of()))) {
            URI uri = URI.create("https://origin.test:" + server.port() + "/f");
            for (int i = 0; i < 2; i++) {
                OriginRequest request = OriginRequest.of(uri).with(Headers.NONE.with("Authorization", "Bearer s3cret"));
                assertThat(Reading.all(Reading.body(client.open(request)))).isEqualTo(FILE);
            }
            assertThat(proxy.requests()).as("the tunnel is used again").hasSize(1);
            assertThat(proxy.requests().getFirst())
                    .startsWith("CONNECT origin.test:" + server.port() + " HTTP/1.1\r\n")
                    .doesNotContain("s3cret", "/f");
            assertThat(server.requests().getFirst()).contains("s3cret").doesNotContain("Proxy-Authorization");
        }
    }

    @Test
    void aProxyThatWantsOtherCredentialsIsNamedWithoutThem() throws IOException {
        try (ForwardProxy proxy = ForwardProxy.start("user:right");
                OriginClient client = client(environment("http://user:wr0ng@" + proxy.hostAndPort()))) {
            for (String scheme : List.of("http", "https")) {
                OriginAnswer.Failed failed =
                        Reading.failed(client.open(OriginRequest.of(URI.create(scheme + "://origin.test:1/f"))));
                assertThat(failed.kind()).isEqualTo(Kind.PROXY);
                assertThat(failed.message())
                        .contains(proxy.hostAndPort(), "407", "it wants other credentials: give user:password@ in ")
                        .containsIgnoringCase(scheme + "_proxy")
                        .doesNotContain("wr0ng");
            }
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws IOException {
        try (RefusingPort port = RefusingPort.open();
                OriginClient client = client(environment("http://user:s3cret@" + port.hostAndPort()))) {
            String gone = port.hostAndPort();
            OriginAnswer.Failed failed =
                    Reading.failed(client.open(OriginRequest.of(URI.create("https://origin.test/f"))));
            assertThat(failed.kind()).isEqualTo(Kind.PROXY);
            assertThat(failed.message())
                    .startsWith("proxy " + gone + " (from HTTPS_PROXY) does not serve: cannot connect to " + gone)
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void anEgressRuleRefusesNamesThatOnlyTheProxyWouldResolve() throws IOException {
        try (ForwardProxy proxy = ForwardProxy.start();
                OriginClient client = new OriginClient(OriginSettings.defaults("1")
                        .with(environment(proxy.hostAndPort()))
                        .with(EgressCheck.by(new EgressRule(List.of()))))) {
            for (String host : List.of("origin.test", "10.0.0.1")) {
                assertThat(Reading.failed(client.open(OriginRequest.of(URI.create("http://" + host + "/f"))))
                                .kind())
                        .isEqualTo(Kind.EGRESS_REFUSED);
            }
            assertThat(proxy.requests()).isEmpty();
        }
    }
}
