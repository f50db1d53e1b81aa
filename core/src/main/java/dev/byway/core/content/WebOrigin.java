package dev.byway.core.content;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * What the web calls an origin (RFC 6454): the scheme, host and port that together answer for a URL.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 * @param port the stated one, else that of the scheme
 */
public record WebOrigin(String scheme, String host, int port) {
    /** The origin of an http or https URL; empty for any other URI, and for one without a plain host. */
    public static Optional<WebOrigin> of(URI url) {
        String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("http") || scheme.equals("https");
        return web
                ? Optional.ofNullable(url.getHost())
                        .map(host -> new WebOrigin(scheme, host.toLowerCase(Locale.ROOT), port(url, scheme)))
                : Optional.empty();
    }

    /** Whether TLS proves this origin to whoever asks it. */
    public boolean isTls() {
        return scheme.equals("https");
    }

    /**
     * Whether two URLs are the same resource by their text: scheme and host in either case, default ports and an empty path
     * written or not, unreserved characters escaped or not (RFC 3986 section 6.2.2); fragments do not count. False when one
     * is not a web URL.
     */
    public static boolean sameResource(URI a, URI b) {
        Optional<WebOrigin> origin = of(a);
        return origin.isPresent() && origin.equals(of(b)) && target(a).equals(target(b));
    }

    /**
     * A text that two URLs share exactly when they are the {@linkplain #sameResource same resource}; empty for what is no web
     * URL.
     */
    public static Optional<String> resourceKey(URI url) {
        return of(url).map(origin -> origin + target(url));
    }

    private static int port(URI url, String scheme) {
        return url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
    }

    private static String target(URI url) {
        String path =
                Optional.ofNullable(url.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
        String query = Optional.ofNullable(url.getRawQuery()).map(q -> "?" + q).orElse("");
        return normalized(path + query);
    }

    private static String normalized(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%' && i + 2 < text.length()) {
                out.append(unescaped(text.substring(i, i + 3)));
                i += 2;
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private static String unescaped(String escape) {
        char c = (char) Integer.parseInt(escape, 1, 3, 16);
        boolean unreserved = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
        return unreserved ? Character.toString(c) : escape.toUpperCase(Locale.ROOT);
    }

    /** For example {@code https://example.org:443}. */
    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
