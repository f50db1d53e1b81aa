package dev.byway.origin;

import dev.byway.core.fleet.AddressClass;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A server must not send a request to where it could not reach itself: from the Internet into a private network, from there to
 * this link or this machine. Else whoever runs a web server could make every device that asks it talk to services that trust
 * their neighbours (server-side request forgery). Asked with the addresses that are really connected to. No I/O.
 */
final class InwardRedirect {
    private InwardRedirect() {}

    /**
     * Why a redirect must not be followed, or empty.
     *
     * @param from the server that redirects; empty for the first request, and when a proxy stands between
     * @param to what the new address resolved to
     */
    static Optional<String> refusal(Optional<InetAddress> from, List<InetAddress> to) {
        return from.flatMap(server -> to.stream()
                .filter(address -> depth(address) > depth(server))
                .findFirst()
                .map(address -> "a redirect from " + text(server) + " to " + text(address)
                        + " leads inward; ask for the new address itself if you trust it"));
    }

    private static String text(InetAddress address) {
        String meaning =
                AddressClass.of(address).name().toLowerCase(Locale.ROOT).replace('_', '-');
        return address.getHostAddress() + " (" + meaning + ")";
    }

    private static int depth(InetAddress address) {
        return switch (AddressClass.of(address)) {
            case GLOBAL -> 0;
            case SHARED, PRIVATE, SPECIAL, MULTICAST -> 1;
            case LINK_LOCAL -> 2;
            case LOOPBACK, UNSPECIFIED -> 3;
        };
    }
}
