package dev.byway.origin;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Hosts that are asked without the proxy: the {@code no_proxy} convention, as curl and Go read it. Entries, separated by
 * commas or blanks: {@code *}; a name, which also means everything below it; an address; an address range as {@code
 * 10.0.0.0/8}; each but the star and the range with an optional {@code :port}. Names are not resolved.
 *
 * @param entries as written, in lower case
 */
record NoProxy(List<String> entries) {
    static final NoProxy NONE = new NoProxy(List.of());

    static NoProxy parse(String text) {
        return new NoProxy(Arrays.stream(text.split("[,\\s]+", -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .toList());
    }

    boolean covers(Endpoint endpoint) {
        Optional<InetAddress> address = literal(endpoint.host());
        return entries.stream().anyMatch(entry -> matches(entry, endpoint, address));
    }

    private static boolean matches(String entry, Endpoint endpoint, Optional<InetAddress> address) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return address.isPresent() && inRange(entry, address.get());
        }
        String host = entry;
        int colon = entry.lastIndexOf(':');
        boolean bracketed = entry.startsWith("[") && entry.contains("]");
        if (colon > 0 && (bracketed ? colon > entry.indexOf(']') : entry.indexOf(':') == colon)) {
            if (!entry.substring(colon + 1).equals(Integer.toString(endpoint.port()))) {
                return false;
            }
            host = entry.substring(0, colon);
        }
        host = bracketed ? host.replaceAll("[\\[\\]]", "") : host;
        return address.isPresent() ? literal(host).equals(address) : inDomain(host, endpoint.host());
    }

    private static boolean inDomain(String entry, String host) {
        String domain =
                entry.startsWith("*.") ? entry.substring(2) : entry.startsWith(".") ? entry.substring(1) : entry;
        return !domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain));
    }

    private static boolean inRange(String range, InetAddress address) {
        int slash = range.indexOf('/');
        String bits = range.substring(slash + 1);
        Optional<InetAddress> network = literal(range.substring(0, slash));
        if (network.isEmpty() || !bits.matches("[0-9]{1,3}")) {
            return false;
        }
        byte[] a = network.get().getAddress();
        byte[] b = address.getAddress();
        int length = Integer.parseInt(bits);
        if (a.length != b.length || length > 8 * a.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (((a[i / 8] ^ b[i / 8]) >> (7 - i % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
