package dev.byway.teredo.client;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.client.Peer.Claim;
import dev.byway.teredo.packet.Ip6;
import dev.byway.teredo.packet.TeredoAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The peers that are remembered (RFC 4380 section 5.2). Bounded; who has a better claim takes the place of the one with the least, heard
 * longest ago: strangers can name as many peers as they like, and leave room for those that are wanted.
 */
final class PeerTable {
    private final ClientLimits limits;
    private final Map<Ip6, Peer> peers = new LinkedHashMap<>();

    PeerTable(ClientLimits limits) {
        this.limits = limits;
    }

    Collection<Peer> all() {
        return peers.values();
    }

    void clear() {
        peers.clear();
    }

    Optional<Peer> get(TeredoAddress address) {
        return Optional.ofNullable(peers.get(address.ip6()));
    }

    /** The peer's entry, new or known; empty when there is no room for one with this claim. */
    Optional<Peer> remember(TeredoAddress address, Claim claim, Moment now) {
        Ip6 key = address.ip6();
        if (!peers.containsKey(key)) {
            if (peers.size() >= limits.peers().size() && !makeRoom(claim, now)) {
                return Optional.empty();
            }
            peers.put(key, new Peer(address, limits, now));
        }
        return get(address);
    }

    private boolean makeRoom(Claim claim, Moment now) {
        if (peers.values().removeIf(peer -> isForgotten(peer, now))) {
            return true;
        }
        Optional<Peer> least = peers.values().stream()
                .filter(peer -> peer.claim().compareTo(claim) < 0)
                .min(Comparator.comparing(Peer::claim).thenComparing(Peer::heard));
        least.ifPresent(peer -> peers.remove(peer.address().ip6()));
        return least.isPresent();
    }

    private boolean isForgotten(Peer peer, Moment now) {
        return switch (peer.claim()) {
            case WANTED -> false;
            case PROVED -> !now.isBefore(peer.heard().plus(limits.peers().forgotten()));
            case NAMED -> !now.isBefore(peer.heard().plus(limits.keeping().fresh()));
        };
    }
}
