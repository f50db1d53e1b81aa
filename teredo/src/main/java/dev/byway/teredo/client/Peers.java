package dev.byway.teredo.client;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.client.ClientEffect.Dropped;
import dev.byway.teredo.client.ClientEffect.Send;
import dev.byway.teredo.client.Peer.Claim;
import dev.byway.teredo.packet.Echo;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.Trailer;
import dev.byway.teredo.packet.UdpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
 *
 * <p>A way that is kept is not left to silence, in which NATs forget it: the peer is asked for a sign of life by a direct bubble (RFC 6081
 * section 3.6, which spares the servers), and each one's answer is the sign that the other would have asked for. One that does not
 * answer is sought anew, which finds it where a symmetric NAT has moved it to, and then is said to be lost.
 */
final class Peers {
    private static final int SPREAD = 4;

    private final ClientLimits limits;
    private final RandomGenerator random;
    private final PeerTable table;
    private final Budget echoes;

    Peers(ClientLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
        this.table = new PeerTable(limits);
        this.echoes = new Budget(limits.answering().echoesInAll());
    }

    /** The own address is another one: all ways are closed. */
    List<ClientEffect> clear() {
        List<ClientEffect> effects =
                table.all().stream().flatMap(peer -> gone(peer).stream()).toList();
        table.clear();
        return effects;
    }

    private static List<ClientEffect> gone(Peer peer) {
        List<ClientEffect> effects = new ArrayList<>();
        if (peer.isKept()) {
            effects.add(new ClientEffect.Lost(peer.address()));
        }
        if (peer.isWanted()) {
            effects.add(new ClientEffect.Unreachable(peer.address()));
        }
        return effects;
    }

    Optional<UdpAddress> wayTo(TeredoAddress peer, Moment now) {
        return table.get(peer).filter(known -> known.isFresh(limits, now)).flatMap(Peer::mapping);
    }

    /** A way to this peer is wanted, from {@code self}. */
    List<ClientEffect> connect(TeredoAddress self, TeredoAddress to, Moment now) {
        if (to.equals(self)) {
            return List.of(new Dropped(Rule.NOT_A_PEER), new ClientEffect.Unreachable(to));
        }
        if (!to.mapped().isGlobal() || !to.serverAddress().isGlobal()) {
            return List.of(new Dropped(Rule.DESTINATION_NOT_GLOBAL), new ClientEffect.Unreachable(to));
        }
        Optional<Peer> peer = table.remember(to, Claim.WANTED, now);
        if (peer.isEmpty()) {
            return List.of(new Dropped(Rule.TOO_MANY_PEERS), new ClientEffect.Unreachable(to));
        }
        if (peer.get().isFresh(limits, now)) {
            return List.of(new ClientEffect.Open(to, peer.get().likely()));
        }
        peer.get().want(now);
        return tick(self, now);
    }

    /** The way to this peer is to stay open. */
    List<ClientEffect> keep(TeredoAddress address) {
        Optional<Peer> known = table.get(address).filter(peer -> peer.mapping().isPresent());
        known.ifPresent(peer -> peer.keep(patience()));
        return known.isPresent() ? List.of() : List.of(new ClientEffect.Lost(address));
    }

    void release(TeredoAddress address) {
        table.get(address).ifPresent(Peer::release);
    }

    /** Not the same for all, so that the packets of many ways are spread over time. */
    private Duration patience() {
        long silence = limits.keeping().silence().toNanos();
        return Duration.ofNanos(silence - random.nextLong(silence / SPREAD));
    }

    Moment nextTick() {
        return table.all().stream()
                .map(Peer::nextTry)
                .min(Comparator.naturalOrder())
                .orElse(Peer.NEVER);
    }

    List<ClientEffect> tick(TeredoAddress self, Moment now) {
        return table.all().stream()
                .filter(peer -> !peer.nextTry().isAfter(now))
                .flatMap(peer -> tried(self, peer, now).stream())
                .toList();
    }

    private List<ClientEffect> tried(TeredoAddress self, Peer peer, Moment now) {
        int number = peer.tryAgain(limits.opening(), now);
        if (number == 0) {
            List<ClientEffect> effects = gone(peer);
            peer.giveUp();
            return effects;
        }
        List<Trailer> trailers = new ArrayList<>(peer.itsNonce());
        if (peer.isKept()) {
            peer.keep(patience());
            trailers.add(new Trailer.NeighbourDiscovery(true));
        }
        boolean isSignEnough = peer.isKept() && !peer.isWanted() && number == 1;
        return isSignEnough
                ? List.of(direct(self, peer, trailers))
                : List.of(direct(self, peer, trailers), indirect(self, peer));
    }

    /** A bubble that the own server has passed on. */
    List<ClientEffect> indirect(TeredoAddress self, TeredoAddress from, TeredoPacket bubble, Moment now) {
        if (!from.mapped().isGlobal() || !from.serverAddress().isGlobal()) {
            return List.of(new Dropped(Rule.DESTINATION_NOT_GLOBAL));
        }
        Optional<Peer> known = table.remember(from, Claim.NAMED, now);
        if (known.isEmpty()) {
            return List.of(new Dropped(Rule.TOO_MANY_PEERS));
        }
        Peer peer = known.get();
        peer.received(bubble.nonce());
        if (!peer.mayAnswer(now)) {
            return List.of(new Dropped(Rule.TOO_OFTEN));
        }
        List<ClientEffect> effects = new ArrayList<>(List.of(direct(self, peer, peer.itsNonce())));
        if (!peer.isFresh(limits, now) && !peer.isSought() && peer.mayAnswer(now)) {
            effects.add(indirect(self, peer));
        }
        return effects;
    }

    /** A bubble that came straight from a peer, or from one who says so. */
    List<ClientEffect> direct(
            TeredoAddress self, TeredoAddress from, UdpAddress there, TeredoPacket bubble, Moment now) {
        Optional<Peer> known = table.get(from);
        boolean proved = known.filter(peer -> peer.proves(bubble.nonce())).isPresent();
        if (!proved && !isWhereItShouldBe(from, known, there, now)) {
            return List.of(new Dropped(Rule.MAPPING));
        }
        Optional<Peer> peer = table.remember(from, Claim.PROVED, now);
        if (peer.isEmpty()) {
            return List.of(new Dropped(Rule.TOO_MANY_PEERS));
        }
        boolean asked = bubble.trailers().contains(new Trailer.NeighbourDiscovery(true));
        List<ClientEffect> effects = new ArrayList<>();
        boolean news = peer.get().foundAt(there, now);
        if (news) {
            effects.add(new ClientEffect.Open(from, there));
        }
        if ((news || asked) && peer.get().mayAnswer(now)) {
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

    /** Anything else came straight from a peer, or from one who says so. */
    List<ClientEffect> heard(TeredoAddress from, UdpAddress there, Moment now) {
        Optional<Peer> known = table.get(from);
        boolean isWhereItWas =
                known.flatMap(Peer::mapping).filter(there::equals).isPresent();
        if (!isWhereItWas && !isWhereItShouldBe(from, known, there, now)) {
            return List.of(new Dropped(Rule.PEER_MAPPING));
        }
        Optional<Peer> peer = table.remember(from, Claim.PROVED, now);
        if (peer.isEmpty()) {
            return List.of(new Dropped(Rule.TOO_MANY_PEERS));
        }
        return peer.get().foundAt(there, now) ? List.of(new ClientEffect.Open(from, there)) : List.of();
    }

    /** The same, with what came. */
    List<ClientEffect> data(TeredoAddress from, UdpAddress there, TeredoPacket packet, Moment now) {
        List<ClientEffect> effects = new ArrayList<>(heard(from, there, now));
        if (effects.stream().noneMatch(Dropped.class::isInstance)) {
            effects.add(Echo.reply(packet)
                    .map(reply -> echoed(from, there, reply, now))
                    .orElseGet(() -> new ClientEffect.Arrived(from, packet)));
        }
        return effects;
    }

    private ClientEffect echoed(TeredoAddress to, UdpAddress there, TeredoPacket reply, Moment now) {
        boolean allowed = echoes.hasOne(now)
                && table.get(to).filter(peer -> peer.mayEcho(now)).isPresent()
                && echoes.take(now);
        return allowed ? new Send(there, reply.encode()) : new Dropped(Rule.TOO_OFTEN);
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
}
