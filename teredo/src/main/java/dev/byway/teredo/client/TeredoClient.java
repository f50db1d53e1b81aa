package dev.byway.teredo.client;

import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.client.ClientEffect.Dropped;
import dev.byway.teredo.packet.Decoded;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The rules of a Teredo client (RFC 4380 section 5.2, with RFC 5991 and section 5.2 of RFC 6081). Pure: datagrams and time go in, what
 * is to be sent and what was found out come out. Not thread-safe; one owner.
 *
 * <p>What is left out: cone NATs (RFC 5991 has abolished the bit, so every peer is met with bubbles), local discovery (neighbours
 * are found by DNS-SD, and never through a tunnel), relays and hosts of the IPv6 Internet (only Teredo clients are peers), UPnP and
 * the guessing of ports.
 */
public final class TeredoClient {
    private final Qualification qualification;
    private final Peers peers;
    private final NatTests natTests;
    private final Volley volley;
    private final Budget strangers;
    private final Tally tally = new Tally();

    /**
     * A client that has asked nobody yet.
     *
     * @param primary address of the server by which it is known
     * @param secondary its other address, if it has one
     */
    public TeredoClient(
            UdpAddress primary, Optional<UdpAddress> secondary, ClientLimits limits, RandomGenerator random) {
        this.qualification = new Qualification(primary, secondary, limits.asking(), random, tally);
        this.peers = new Peers(limits, random);
        this.natTests = new NatTests(primary, limits.examining(), random);
        this.volley = new Volley(primary, random);
        this.strangers = new Budget(limits.answering().strangers());
    }

    /** Asks the server for an address. */
    public List<ClientEffect> start(Moment now) {
        return counted(qualification.start(now), now);
    }

    /** The address by which others can find it now; empty while the server does not answer. */
    public Optional<TeredoAddress> address() {
        return qualification.address().filter(_ -> qualification.isOnline());
    }

    /** Where a peer is, when the way to it is open. */
    public Optional<UdpAddress> wayTo(TeredoAddress peer, Moment now) {
        return peers.wayTo(peer, now);
    }

    /** A way to a peer is wanted: {@link ClientEffect.Open} or {@link ClientEffect.Unreachable} comes of it, sooner or later. */
    public List<ClientEffect> connect(TeredoAddress peer, Moment now) {
        return counted(
                address()
                        .map(self -> peers.connect(self, peer, now))
                        .orElseGet(() -> List.of(new Dropped(Rule.OFFLINE), new ClientEffect.Unreachable(peer))),
                now);
    }

    /**
     * The way to a peer is used: it is kept open through silence too, until {@link #release} or {@link ClientEffect.Lost}, which comes at
     * once when there is no such way.
     */
    public List<ClientEffect> keep(TeredoAddress peer) {
        List<ClientEffect> effects = peers.keep(peer);
        tally.count(effects);
        return effects;
    }

    /** The way to a peer may be forgotten. */
    public void release(TeredoAddress peer) {
        peers.release(peer);
    }

    /**
     * Data of a peer has come past {@link #received}, for the own address. To be called when it is from where {@link #wayTo} says, once a
     * second at most.
     *
     * @param from the source of its datagram
     */
    public List<ClientEffect> heard(TeredoAddress peer, UdpAddress from, Moment now) {
        return counted(
                qualification.address().isPresent() ? peers.heard(peer, from, now) : List.of(new Dropped(Rule.OFFLINE)),
                now);
    }

    /**
     * Finds out what the NAT does, anew: {@link ClientEffect.Examined} comes of it within five seconds, at once when the server does not
     * answer. Another one asked for meanwhile is the same. Whose packets the NAT lets in needs a packet of the coordinator's, too:
     * {@link #expectFiltering}.
     */
    public List<ClientEffect> examine(Moment now) {
        Optional<TeredoAddress> self = address();
        if (self.isEmpty()) {
            return List.of(new ClientEffect.Examined(NatBehaviour.UNKNOWN));
        }
        if (natTests.isRunning()) {
            return List.of();
        }
        natTests.start(tally.answered(), now);
        qualification.askAnew(now);
        return tick(now);
    }

    /**
     * A bubble with this nonce is about to be sent to the own mapping, from another port of the server's first address. The examination
     * waits two seconds for it from now; it is to be told first when the bubble is asked for, and again, with the same nonce, when it
     * has been sent.
     *
     * @param nonce random, and not 0
     */
    public void expectFiltering(int nonce, Moment now) {
        natTests.expect(nonce, now);
    }

    /**
     * Asks the server twenty times at once, and counts the answers ({@link ClientCounts#burst}): where single questions are answered and
     * these are not, few packets of UDP are let through on the way. Nothing when the server does not answer anyway.
     */
    public List<ClientEffect> fireVolley() {
        return address().isPresent() ? volley.fire() : List.of();
    }

    /** What has happened so far. */
    public ClientCounts counts() {
        return tally.counts(volley.result());
    }

    /** When {@link #tick} has something to do. */
    public Moment nextTick() {
        return Moment.min(natTests.nextTick(), Moment.min(qualification.nextTick(), peers.nextTick()));
    }

    /** Does what is due now; to be called at {@link #nextTick()}, and any time. */
    public List<ClientEffect> tick(Moment now) {
        List<ClientEffect> effects = new ArrayList<>(qualification.tick(now));
        qualification.address().ifPresent(self -> {
            effects.addAll(peers.tick(self, now));
            effects.addAll(natTests.tick(self, now));
        });
        return counted(effects, now);
    }

    /** Every effect is counted here, once; and an examination ends with whatever ended it. */
    private List<ClientEffect> counted(List<ClientEffect> effects, Moment now) {
        tally.count(effects);
        return natTests.finish(qualification, tally.answered(), now)
                .map(behaviour -> Stream.concat(
                                effects.stream(), Stream.<ClientEffect>of(new ClientEffect.Examined(behaviour)))
                        .toList())
                .orElse(effects);
    }

    /**
     * A datagram came (section 5.2.3).
     *
     * @param from its source
     * @param datagram its payload, which is moved; any bytes may be given
     */
    public List<ClientEffect> received(UdpAddress from, ByteBuffer datagram, Moment now) {
        return counted(
                switch (TeredoPacket.decode(datagram)) {
                    case Decoded.Broken(Rule rule) -> List.of(new Dropped(rule));
                    case Decoded.Whole(TeredoPacket packet) -> taken(from, packet, now);
                },
                now);
    }

    private List<ClientEffect> taken(UdpAddress from, TeredoPacket packet, Moment now) {
        boolean expected = qualification
                .address()
                .filter(self -> natTests.tookIn(from, packet, self))
                .isPresent();
        if (expected || volley.tookIn(from, packet)) {
            return List.of();
        }
        return qualification.isServer(from) || qualification.isAnswer(packet)
                ? ofServer(from, packet, now)
                : ofPeer(from, packet, now);
    }

    private List<ClientEffect> ofServer(UdpAddress from, TeredoPacket packet, Moment now) {
        return packet.isBubble()
                ? toUs(packet).map(self -> passedOn(self, packet, now)).orElseGet(TeredoClient::notForUs)
                : changed(qualification.address(), qualification.advertised(from, packet, now));
    }

    /** Whoever gets another address has closed all ways to the old one. */
    private List<ClientEffect> changed(Optional<TeredoAddress> old, List<ClientEffect> effects) {
        if (qualification.address().equals(old)) {
            return effects;
        }
        List<ClientEffect> all = new ArrayList<>(peers.clear());
        all.addAll(effects);
        return all;
    }

    private List<ClientEffect> passedOn(TeredoAddress self, TeredoPacket bubble, Moment now) {
        return TeredoAddress.of(bubble.source())
                .map(source -> peers.indirect(self, source, bubble, now))
                .orElseGet(() -> answerStranger(self, bubble, now));
    }

    /**
     * Other implementations send bubbles from a link-local address, in which they recognize the answer: it goes to where the server
     * saw the bubble come from.
     */
    private List<ClientEffect> answerStranger(TeredoAddress self, TeredoPacket bubble, Moment now) {
        if (bubble.origin().filter(UdpAddress::isGlobal).isEmpty()
                || !bubble.source().isLinkLocal()) {
            return List.of(new Dropped(Rule.NOT_A_PEER));
        }
        if (!strangers.take(now)) {
            return List.of(new Dropped(Rule.TOO_OFTEN));
        }
        return List.of(new ClientEffect.Send(
                bubble.origin().get(),
                TeredoPacket.bubble(self.ip6(), bubble.source(), List.of()).encode()));
    }

    private List<ClientEffect> ofPeer(UdpAddress from, TeredoPacket packet, Moment now) {
        Optional<TeredoAddress> self = toUs(packet);
        if (self.isEmpty()) {
            return notForUs();
        }
        Optional<TeredoAddress> source = TeredoAddress.of(packet.source());
        if (source.isEmpty()
                || source.equals(self)
                || packet.origin().isPresent()
                || packet.authentication().isPresent()) {
            return List.of(new Dropped(Rule.NOT_A_PEER));
        }
        return packet.isBubble()
                ? peers.direct(self.get(), source.get(), from, packet, now)
                : peers.data(source.get(), from, packet, now);
    }

    /** The own address, when the packet is for it. */
    private Optional<TeredoAddress> toUs(TeredoPacket packet) {
        return qualification.address().filter(self -> self.ip6().equals(packet.destination()));
    }

    private static List<ClientEffect> notForUs() {
        return List.of(new Dropped(Rule.NOT_FOR_US));
    }
}
