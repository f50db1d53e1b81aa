package dev.byway.agent.fleet;

import dev.byway.core.content.Digest;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.JoinToken;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where the coordinator is, and how to recognize it.
 *
 * @param urls {@code https://host:port}, tried in order
 * @param authority SHA-256 of the SubjectPublicKeyInfo of the authority above it, as the join token names it
 * @param from the local address to call from ({@code peer.address}); empty for any
 */
public record FleetAddress(List<String> urls, Digest authority, Optional<InetAddress> from) {
    public FleetAddress {
        urls = List.copyOf(urls);
        if (urls.isEmpty() || urls.size() > FleetLimits.TOKEN_URLS) {
            throw new IllegalArgumentException("1 to " + FleetLimits.TOKEN_URLS + " URLs name a coordinator");
        }
        urls.forEach(JoinToken::requireServiceUrl);
    }

    /** What a join token says. */
    public static FleetAddress of(JoinToken token, Optional<InetAddress> from) {
        return new FleetAddress(token.urls(), token.authority(), from);
    }
}
