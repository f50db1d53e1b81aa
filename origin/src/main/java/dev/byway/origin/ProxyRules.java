package dev.byway.origin;

import dev.byway.core.policy.Secret;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy, if any, a request goes through. Only http proxies; https addresses go through a CONNECT tunnel, so the
 * proxy sees a host name and bytes it cannot read. Credentials come from the proxy address's userinfo and appear in no
 * message and no {@code toString}.
 */
public final class ProxyRules {
    /** Straight to every host. */
    public static final ProxyRules NONE = new ProxyRules(Optional.empty(), Optional.empty(), NoProxy.NONE, false);

    private final Optional<HttpProxy> forHttp;
    private final Optional<HttpProxy> forHttps;
    private final NoProxy except;
    private final boolean loopbackDirect;

    private ProxyRules(
            Optional<HttpProxy> forHttp, Optional<HttpProxy> forHttps, NoProxy except, boolean loopbackDirect) {
        this.forHttp = forHttp;
        this.forHttps = forHttps;
        this.except = except;
        this.loopbackDirect = loopbackDirect;
    }

    /**
     * One proxy for all addresses but those of {@code except}: the settings {@code origin.proxy}, {@code
     * origin.proxy-password} and {@code origin.noProxy}.
     *
     * @param proxy {@code http://host[:port]}
     * @param credentials {@code user:password}
     * @param except entries in the form of {@code no_proxy}
     * @throws OriginSettingException when {@code proxy} is no such address
     */
    public static ProxyRules configured(URI proxy, Optional<Secret> credentials, List<String> except) {
        HttpProxy plain = HttpProxy.parse(proxy.toString(), "origin.proxy");
        Optional<HttpProxy> used = Optional.of(credentials
                .map(secret -> plain.withCredentials(secret.reveal(), "user:password in origin.proxy-password"))
                .orElse(plain));
        return new ProxyRules(used, used, NoProxy.parse(String.join(",", except)), false);
    }

    /**
     * What {@code http_proxy}, {@code https_proxy}, {@code all_proxy} and {@code no_proxy} say; the lower-case form goes
     * before the upper-case one. Loopback hosts are always asked directly. {@code HTTP_PROXY} is ignored where {@code
     * REQUEST_METHOD} is set, because there a client could have set it by a {@code Proxy} header (CVE-2016-5385).
     *
     * @throws OriginSettingException when a variable that counts is no proxy address
     */
    public static ProxyRules fromEnvironment(Map<String, String> environment) {
        return new ProxyRules(
                proxy(environment, "http_proxy"),
                proxy(environment, "https_proxy"),
                NoProxy.parse(variable(environment, "no_proxy")
                        .map(Map.Entry::getValue)
                        .orElse("")),
                true);
    }

    /** The proxy for {@code uri}. */
    Optional<HttpProxy> proxyFor(URI uri) {
        Endpoint endpoint = Endpoint.of(uri);
        if (except.covers(endpoint) || (loopbackDirect && isLoopback(endpoint.host()))) {
            return Optional.empty();
        }
        return endpoint.secure() ? forHttps : forHttp;
    }

    private static Optional<HttpProxy> proxy(Map<String, String> environment, String name) {
        return variable(environment, name)
                .or(() -> variable(environment, "all_proxy"))
                .map(found -> HttpProxy.parse(found.getValue(), found.getKey()));
    }

    private static Optional<Map.Entry<String, String>> variable(Map<String, String> environment, String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        String low = environment.getOrDefault(name, "").strip();
        String high = upper.equals("HTTP_PROXY") && environment.containsKey("REQUEST_METHOD")
                ? ""
                : environment.getOrDefault(upper, "").strip();
        if (!low.isEmpty()) {
            return Optional.of(Map.entry(name, low));
        }
        return high.isEmpty() ? Optional.empty() : Optional.of(Map.entry(upper, high));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.endsWith(".localhost") || host.startsWith("127.") || host.equals("::1");
    }

    @Override
    public String toString() {
        return "http: " + forHttp + ", https: " + forHttps + ", except: " + except.entries();
    }
}
