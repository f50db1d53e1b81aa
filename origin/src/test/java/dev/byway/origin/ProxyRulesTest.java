package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProxyRulesTest {
    private static Optional<String> proxyHost(Map<String, String> environment, String uri) {
        return ProxyRules.fromEnvironment(environment).proxyFor(URI.create(uri)).map(HttpProxy::host);
    }

    @Test
    void theVariableOfTheSchemeCountsAndTheLowerCaseOneFirst() {
        Map<String, String> all =
                Map.of("http_proxy", "low:1", "HTTP_PROXY", "high:1", "HTTPS_PROXY", "secure:1", "all_proxy", "any:1");
        assertThat(proxyHost(all, "http://h/")).hasValue("low");
        assertThat(proxyHost(all, "https://h/")).hasValue("secure");
        assertThat(proxyHost(Map.of("ALL_PROXY", "any:1"), "https://h/")).hasValue("any");
        assertThat(proxyHost(Map.of("HTTP_PROXY", "high:1"), "http://h/")).hasValue("high");
        assertThat(proxyHost(Map.of("HTTP_PROXY", ""), "http://h/")).isEmpty();
        assertThat(proxyHost(Map.of(), "http://h/")).isEmpty();
    }

    @Test
    void aServersProxyHeaderCannotBecomeAProxy() {
        assertThat(proxyHost(Map.of("HTTP_PROXY", "evil:1", "REQUEST_METHOD", "GET"), "http://h/"))
                .isEmpty();
    }

    @Test
    void loopbackIsNeverAskedThroughAProxyOfTheEnvironment() {
        for (String host : new String[] {"localhost", "127.0.0.1", "127.9.9.9", "[::1]", "a.localhost"}) {
            assertThat(proxyHost(Map.of("http_proxy", "p:1"), "http://" + host + ":80/"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    *                     | any.org          | true
                    example.org           | example.org      | true
                    example.org           | a.example.org    | true
                    .example.org          | a.example.org    | true
                    *.example.org         | a.example.org    | true
                    example.org           | notexample.org   | false
                    EXAMPLE.org           | a.Example.ORG    | true
                    example.org:8080      | example.org:8080 | true
                    example.org:8080      | example.org      | false
                    10.0.0.0/8            | 10.200.0.1       | true
                    10.0.0.0/8            | 11.0.0.1         | false
                    10.0.0.0/33           | 10.0.0.1         | false
                    fd00::/8              | [fd12::1]        | true
                    fd00::/8              | [fe80::1]        | false
                    192.168.1.1           | 192.168.1.1      | true
                    192.168.1.1:81        | 192.168.1.1      | false
                    2001:db8::1           | [2001:db8:0::1]  | true
                    [2001:db8::1]:443     | [2001:db8::1]    | true
                    other, .example.org   | a.example.org    | true
                    """)
    void noProxyIsReadAsCurlAndGoReadIt(String entries, String host, boolean direct) {
        Map<String, String> environment = Map.of("https_proxy", "p:1", "no_proxy", entries);
        assertThat(proxyHost(environment, "https://" + host + "/").isEmpty()).isEqualTo(direct);
    }

    @Test
    void aBadProxyAddressIsRefusedByItsNameAndWithoutItsPassword() {
        assertThatThrownBy(() -> ProxyRules.fromEnvironment(Map.of("all_proxy", "socks5://u:s3cret@h:1")))
                .isInstanceOf(OriginSettingException.class)
                .hasMessage(
                        "all_proxy names a socks5 proxy, but only http proxies are supported: write http://host:port");
        assertThatThrownBy(() -> ProxyRules.fromEnvironment(Map.of("http_proxy", "http://u:s3 cret@h:1")))
                .isInstanceOf(OriginSettingException.class)
                .hasMessageContaining("http_proxy is no proxy address: write http://host:port")
                .hasMessageNotContaining("cret");
        assertThat(ProxyRules.fromEnvironment(Map.of("http_proxy", "http://u:s3cret@h:1"))
                        .toString())
                .contains("h:1")
                .doesNotContain("s3cret");
    }
}
