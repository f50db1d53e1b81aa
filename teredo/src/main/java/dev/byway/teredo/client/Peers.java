package dev.byway.teredo.client;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.client.ClientEffect.Dropped;
import dev.byway.teredo.client.ClientEffect.Send;
import dev.byway.teredo.packet.Ip6;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.Trailer;
import dev.byway.teredo.packet.UdpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The ways to peers (RFC 4380 sections 5.2.3 to 5.2.6, RFC 6081 section 5.2).
 *
 * <p>Two NATs, each of which lets in only what its own side has asked for, are opened so: A sends a <i>direct bubble</i> to where B's
 * address says that B is. It may be lost at B's NAT; but A's is open for an answer from there. And A sends an <i>indirect</i> one
 * through B's server, which B's NAT always lets in, with a nonce. B answers with a direct bubble that repeats it; its own NAT is open now
 * as well, and A's lets it in. Then either side knows where the other is.
 *
 * <p>Behind a symmetric NAT a device appears at another port to each peer, which no address can tell. So the one who is asked
 * also sends an indirect bubble back: the symmetric side answers it directly, from the port that its NAT has made for this very peer,
 * and the nonce in it proves who that is. A direct bubble from an unexpected port without that nonce is dropped. Whoever learns that
 * way where the other is says so at once with one more direct bubble; the RFC's example waits two seconds for it.
 */
final class Peers {
    private final ClientLimits limits;
    private final RandomGenerator random;
    private final Map<Ip6, Peer> peers = new LinkedHashMap<>();

    Peers(ClientLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    void clear() {
        peers.clear();
    }

    Optional<Peer> get(Ip6 address) {
        return Optional.ofNullable(peers.get(address));
    }

    /** A way to this peer is wanted, from {@code self}. */
    List<ClientEffect> connect(TeredoAddress self, TeredoAddress to, Moment now) {
        if (!to.mapped().isGlobal() || !to.serverAddress().isGlobal()) {
            return List.of(new Dropped(Rule.DESTINATION_NOT_GLOBAL), new ClientEffect.Unreachable(to));
        }
        Optional<Peer> peer = remember(to, now);
        if (peer.isEmpty()) {
            return List.of(new Dropped(Rule.TOO_MANY_PEERS), new ClientEffect.Unreachable(to));
        }
        if (peer.get().isFresh(limits, now)) {
            return List.of(new ClientEffect.Open(to, peer.get().likely()));
        }
        if (peer.get().nextTry().equals(Peer.NEVER)) {
            peer.get().seek(now);
        }
        return tick(self, now);
    }

    Moment nextTick() {
        return peers.values().stream()
                .map(Peer::nextTry)
                .min(Comparator.naturalOrder())
                .orElse(Peer.NEVER);
    }

    List<ClientEffect> tick(TeredoAddress self, Moment now) {
        List<ClientEffect> effects = new ArrayList<>();
        for (Peer peer : peers.values()) {
            if (!peer.nextTry().isAfter(now)) {
                if (peer.tryAgain(limits, now)) {
                    effects.add(direct(self, peer, peer.itsNonce()));
                    effects.add(indirect(self, peer));
                } else {
                    effects.add(new ClientEffect.Unreachable(peer.address()));
                }
            }
        }
        return effects;
    }

    /** A bubble that the own server has passed on. */
    List<ClientEffect> indirect(TeredoAddress self, TeredoAddress from, TeredoPacket bubble, Moment now) {
        if (!from.mapped().isGlobal() || !from.serverAddress().isGlobal()) {
            return List.of(new Dropped(Rule.DESTINATION_NOT_GLOBAL));
        }
        Optional<Peer> known = remember(from, now);
        if (known.isEmpty()) {
            return List.of(new Dropped(Rule.TOO_MANY_PEERS));
        }
        Peer peer = known.get();
        peer.received(bubble.nonce());
        if (!peer.mayAnswer(limits.answers(), now)) {
            return List.of(new Dropped(Rule.TOO_OFTEN));
        }
        List<ClientEffect> effects = new ArrayList<>(List.of(direct(self, peer, peer.itsNonce())));
        if (!peer.isFresh(limits, now) && peer.nextTry().equals(Peer.NEVER) && peer.mayAnswer(limits.answers(), now)) {
            effects.add(indirect(self, peer));
        }
        return effects;
    }

    /** A bubble that came straight from a peer, or from one who says so. */
    List<ClientEffect> direct(
            TeredoAddress self, TeredoAddress from, UdpAddress there, TeredoPacket bubble, Moment now) {
        Optional<Peer> known = get(from.ip6());
        boolean proved = known.filter(peer -> peer.proves(bubble.nonce())).isPresent();
        if (!proved && !isWhereItShouldBe(from, known, there, now)) {
            return List.of(new Dropped(Rule.MAPPING));
        }
        Optional<Peer> peer = known.or(() -> remember(from, now));
        if (peer.isEmpty()) {
            return List.of(new Dropped(Rule.TOO_MANY_PEERS));
        }
        boolean asked = bubble.trailers().contains(new Trailer.NeighbourDiscovery(true));
        List<ClientEffect> effects = new ArrayList<>();
        boolean news = peer.get().foundAt(there, now);
        if (news) {
            effects.add(new ClientEffect.Open(from, there));
        }
        if ((news || asked) && peer.get().mayAnswer(limits.answers(), now)) {
            List<Trailer> trailers = new ArrayList<>(peer.get().itsNonce());
            if (asked) {
                trailers.add(new Trailer.NeighbourDiscovery(false));
            }
            effects.add(direct(self, peer.get(), trailers));
        }
        return effects;
    }

    /**
     * Section 5.2.4.4 takes any packet from where an address says. From there comes a forged one most easily, too; so a way that works
     * is not led away by it.
     */
    private boolean isWhereItShouldBe(TeredoAddress from, Optional<Peer> known, UdpAddress there, Moment now) {
        return known.filter(peer -> peer.isFresh(limits, now))
                .map(peer -> peer.likely().equals(there))
                .orElse(from.mapped().equals(there));
    }

    /** Anything else that came straight from a peer. */
    List<ClientEffect> data(TeredoAddress from, UdpAddress there, TeredoPacket packet, Moment now) {
        Optional<Peer> known = get(from.ip6());
        if (known.flatMap(Peer::mapping).filter(there::equals).isPresent()) {
            known.get().heard(now);
            return List.of(new ClientEffect.Arrived(from, packet));
        }
        if (!isWhereItShouldBe(from, known, there, now)) {
            return List.of(new Dropped(Rule.PEER_MAPPING));
        }
        Optional<Peer> peer = known.or(() -> remember(from, now));
        if (peer.isEmpty()) {
            return List.of(new Dropped(Rule.TOO_MANY_PEERS));
        }
        peer.get().foundAt(there, now);
        return List.of(new ClientEffect.Open(from, there), new ClientEffect.Arrived(from, packet));
    }

    private static ClientEffect direct(TeredoAddress self, Peer to, List<Trailer> trailers) {
        return new Send(
                to.likely(),
                TeredoPacket.bubble(self.ip6(), to.address().ip6(), trailers).encode());
    }

    private ClientEffect indirect(TeredoAddress self, Peer to) {
        int nonce = random.nextInt() | 1;
        return new Send(
                to.address().serverAddress(),
                TeredoPacket.bubble(self.ip6(), to.address().ip6(), to.newNonce(nonce))
                        .encode());
    }

    /** The peer's entry, new or known; empty when there is no room, not even by forgetting those not heard of lately. */
    private Optional<Peer> remember(TeredoAddress address, Moment now) {
        Ip6 key = address.ip6();
        if (!peers.containsKey(key)) {
            if (peers.size() >= limits.peers()) {
                peers.values()
                        .removeIf(peer -> !now.isBefore(peer.heard().plus(limits.forgotten()))
                                || (peer.mapping().isEmpty()
                                        && !now.isBefore(peer.heard().plus(limits.fresh()))));
            }
            if (peers.size() >= limits.peers()) {
                return Optional.empty();
            }
            peers.put(key, new Peer(address, now));
        }
        return get(key);
    }
}
