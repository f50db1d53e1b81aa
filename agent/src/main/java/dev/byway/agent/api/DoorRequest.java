package dev.byway.agent.api;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link DoorRules} look at.
 *
 * @param method as sent
 * @param target request target as sent: path and query, undecoded
 * @param headers values by name in lower case
 * @param remote where the connection comes from
 */
record DoorRequest(String method, String target, Map<String, List<String>> headers, InetAddress remote) {
    DoorRequest {
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = lower;
    }

    /** All values of a header; {@code name} in lower case. */
    List<String> values(String name) {
        return headers.getOrDefault(name, List.of());
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Undecoded, without the question mark; empty text when there is none. */
    String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }
}
