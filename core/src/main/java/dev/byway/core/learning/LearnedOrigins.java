package dev.byway.core.learning;

import dev.byway.core.content.WebOrigin;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Whose files a coordinator fetches by itself: the administrator's list.
 *
 * @param hosts names as {@code HOST}, or {@code *.HOST} for all names below it
 */
public record LearnedOrigins(List<String> hosts) {
    private static final String BELOW = "*.";

    /**
     * @throws IllegalArgumentException when a host is no name: a scheme, a port or a path is not part of it
     */
    public LearnedOrigins {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        for (String host : hosts) {
            String name = host.startsWith(BELOW) ? host.substring(BELOW.length()) : host;
            if (!name.matches("[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?")) {
                throw new IllegalArgumentException(
                        "learn.origins lists hosts, as dl.example.com or *.example.com, and '" + host + "' is none");
            }
        }
    }

    /** Whether a file may be fetched: over https, from a listed host, at a URL without query, user name and fragment. */
    public boolean admits(URI url) {
        return url.getRawQuery() == null
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null
                && WebOrigin.of(url)
                        .filter(WebOrigin::isTls)
                        .filter(origin -> hosts.stream().anyMatch(host -> names(host, origin.host())))
                        .isPresent();
    }

    private static boolean names(String listed, String host) {
        return listed.startsWith(BELOW) ? host.endsWith(listed.substring(1)) : host.equals(listed);
    }
}
