package dev.byway.origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A forward proxy.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param authorization value of {@code Proxy-Authorization}; a secret
 * @param source the setting or environment variable that names it
 * @param credentialsIn where its credentials belong
 */
record HttpProxy(String host, int port, Optional<String> authorization, String source, String credentialsIn) {
    /**
     * Reads {@code [http://][user:password@]host[:port][/]}; the port is 80 when not given.
     *
     * @throws OriginSettingException for anything else; its message repeats no credentials
     */
    static HttpProxy parse(String text, String source) {
        String full = text.contains("://") ? text : "http://" + text;
        try {
            URI uri = new URI(full.strip());
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http")) {
                throw new OriginSettingException(source + " names a " + scheme
                        + " proxy, but only http proxies are supported: write http://host:port");
            }
            Endpoint endpoint = Endpoint.of(uri);
            return new HttpProxy(
                    endpoint.host(), endpoint.port(), BasicCredentials.of(uri), source, "user:password@ in " + source);
        } catch (URISyntaxException | HttpSyntaxException _) {
            throw new OriginSettingException(source + " is no proxy address: write http://host:port, with special"
                    + " characters of a password percent-encoded");
        }
    }

    /** The same with credentials in the form {@code user:password}. */
    HttpProxy withCredentials(String userAndPassword, String setting) {
        return new HttpProxy(host, port, Optional.of(BasicCredentials.encode(userAndPassword)), source, setting);
    }

    Endpoint endpoint() {
        return new Endpoint("http", host, port);
    }

    /** Without credentials. */
    @Override
    public String toString() {
        return endpoint().hostAndPort() + " (from " + source + ")";
    }
}
