package dev.byway.origin;

import dev.byway.core.content.UrlPrivacy;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scheme, host and port: what "same origin" compares (RFC 9110 section 4.3.1).
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case, IPv6 addresses without brackets
 * @param port 1 to 65535
 */
record Endpoint(String scheme, String host, int port) {
    /** Host and port; not {@link URI#getHost()}, which knows no host names with underscores. */
    private static final Pattern AUTHORITY = Pattern.compile("(?:[^@]*@)?(\\[[^\\]]+]|[^:\\[\\]]+)(?::([0-9]{0,5}))?");

    /**
     * The endpoint that {@code uri} names.
     *
     * @throws HttpSyntaxException when it names none
     */
    static Endpoint of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new HttpSyntaxException("Byway fetches http and https addresses, not "
                    + (scheme.isEmpty() ? "one without a scheme" : scheme + ":"));
        }
        String authority = uri.getRawAuthority();
        Matcher parts = AUTHORITY.matcher(authority == null ? "" : authority);
        if (!parts.matches()) {
            throw new HttpSyntaxException("the address names no host");
        }
        String host = ascii(parts.group(1)).toLowerCase(Locale.ROOT);
        String digits = parts.group(2);
        int port = digits == null || digits.isEmpty() ? standardPort(scheme) : Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw new HttpSyntaxException("the address has port " + port + ", which is not in 1 to 65535");
        }
        return new Endpoint(scheme, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    private static String ascii(String host) {
        try {
            return host.startsWith("[") ? host : IDN.toASCII(host);
        } catch (IllegalArgumentException _) {
            throw new HttpSyntaxException("the address has a host name that cannot exist");
        }
    }

    private static int standardPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    boolean secure() {
        return scheme.equals("https");
    }

    /** Host and port as CONNECT and messages write them. */
    String hostAndPort() {
        return bracketed() + ":" + port;
    }

    /** The value of the {@code Host} field: the port only when it is not the scheme's own. */
    String hostField() {
        return port == standardPort(scheme) ? bracketed() : hostAndPort();
    }

    private String bracketed() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /**
     * {@code uri} as it is requested: without userinfo and fragment, with a path, in ASCII.
     *
     * @throws HttpSyntaxException when it is no http or https address
     */
    static URI bare(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        Endpoint endpoint = of(uri);
        try {
            URI plain = new URI(endpoint.scheme + "://" + endpoint.hostField() + path + query);
            return new URI(plain.toASCIIString());
        } catch (URISyntaxException e) {
            throw new HttpSyntaxException("the address cannot be asked for: " + e.getReason());
        }
    }

    /** {@code uri} for people and logs: without userinfo, query and fragment. */
    static String shown(URI uri) {
        return UrlPrivacy.redact(uri) + (uri.getRawQuery() == null ? "" : "?…");
    }
}
