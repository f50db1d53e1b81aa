package dev.byway.teredo.server;

import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.Decoded;
import dev.byway.teredo.packet.RouterAdvertisement;
import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The rules of a Teredo server (RFC 4380 section 5.3). Pure, and of constant memory. Not thread-safe; one owner.
 *
 * <p>The idea: whatever comes from the open Internet, at most one datagram goes out for it, and that only in two cases. A valid
 * solicitation is answered where it came from, with less than twice its bytes. A bubble is passed on only to a mapping that
 * solicited here itself in the last five minutes. So there is nothing to reflect to a third party who did not ask, and nothing
 * to amplify worth the name; and both are limited for each source and in all.
 *
 * <p>What is left out of the RFC: relaying anything but bubbles (clients reach each other directly, and nobody else), and keys
 * for secure qualification (the nonce of the authentication is enough against those who do not see the packets).
 */
public final class TeredoServer {
    /** Bytes of a bubble that is passed on: an IPv6 header and trailers. */
    private static final int LONGEST_BUBBLE = TeredoPacket.HEADER + 64;

    private static final int ORIGIN = 8;

    private final int primary;
    private final boolean twoAddresses;
    private final Mappings mappings;
    private final Rates rates;

    /** The server's socket at one of its two addresses. */
    public enum Door {
        PRIMARY,
        SECONDARY;

        Door other() {
            return this == PRIMARY ? SECONDARY : PRIMARY;
        }
    }

    /** What comes of a datagram. */
    public sealed interface Outcome {
        /** One is to be sent. */
        record Send(Door from, UdpAddress to, ByteString datagram) implements Outcome {}

        /** Nothing; which rule it broke. */
        record Dropped(Rule rule) implements Outcome {}
    }

    /**
     * A server that knows nobody yet.
     *
     * @param primary IPv4 address by which clients know it, which stands in their addresses; not always the one it is bound to
     * @param twoAddresses whether it has a second one, which shows clients what their NATs do
     * @param random salts its tables, so that nobody can aim at a place in them
     */
    public TeredoServer(int primary, boolean twoAddresses, ServerLimits limits, RandomGenerator random, Moment now) {
        this.primary = primary;
        this.twoAddresses = twoAddresses;
        Mix mix = new Mix(random.nextLong());
        this.mappings = new Mappings(limits.mappings(), limits.remembered(), mix);
        this.rates = new Rates(limits, mix, now);
    }

    /**
     * A datagram came.
     *
     * @param door where
     * @param from its source
     * @param datagram its payload; left as it is
     */
    public Outcome received(Door door, UdpAddress from, ByteBuffer datagram, Moment now) {
        return switch (TeredoPacket.decode(datagram.duplicate())) {
            case Decoded.Broken(Rule rule) -> new Outcome.Dropped(rule);
            case Decoded.Whole(TeredoPacket _) when !from.isGlobal() -> new Outcome.Dropped(Rule.SOURCE_NOT_GLOBAL);
            case Decoded.Whole(TeredoPacket packet)
            when packet.isBubble() ->
                door == Door.PRIMARY ? bubble(from, packet, datagram, now) : new Outcome.Dropped(Rule.NOT_FOR_SERVERS);
            case Decoded.Whole(TeredoPacket packet)
            when packet.next() == TeredoPacket.ICMP ->
                RouterSolicitation.in(packet)
                        .map(solicitation -> packet.authentication().isPresent()
                                ? solicited(door, from, solicitation, now)
                                : new Outcome.Dropped(Rule.UNAUTHENTICATED))
                        .orElse(new Outcome.Dropped(Rule.SOLICITATION));
            case Decoded.Whole(TeredoPacket _) -> new Outcome.Dropped(Rule.NOT_FOR_SERVERS);
        };
    }

    /** Whether a mapping solicited here lately, and so gets bubbles. */
    public boolean hasSolicited(UdpAddress mapping, Moment now) {
        return mappings.isKnown(mapping, now);
    }

    /** Section 5.3.2. */
    private Outcome solicited(Door door, UdpAddress from, RouterSolicitation solicitation, Moment now) {
        if (solicitation.hasConeBit() && !twoAddresses) {
            return new Outcome.Dropped(Rule.ONE_ADDRESS);
        }
        if (!rates.take(from.address(), now)) {
            return new Outcome.Dropped(Rule.TOO_OFTEN);
        }
        if (door == Door.PRIMARY) {
            mappings.heard(from, now);
        }
        RouterAdvertisement answer =
                new RouterAdvertisement(solicitation.nonce(), from, solicitation.source(), primary);
        return new Outcome.Send(
                solicitation.hasConeBit() ? door.other() : door,
                from,
                answer.packet().encode());
    }

    /**
     * Section 5.3.1. That the port at which a Teredo sender is seen may differ from the one in its address is more than the
     * RFC allows: behind a symmetric NAT it does, when the sender's own server is another one (RFC 6081 section 3.1).
     */
    private Outcome bubble(UdpAddress from, TeredoPacket packet, ByteBuffer datagram, Moment now) {
        if (packet.authentication().isPresent()
                || packet.origin().isPresent()
                || datagram.remaining() > LONGEST_BUBBLE) {
            return new Outcome.Dropped(Rule.ENCAPSULATION);
        }
        boolean forged = TeredoAddress.of(packet.source())
                .filter(source -> source.mapped().address() != from.address())
                .isPresent();
        if (forged) {
            return new Outcome.Dropped(Rule.SOURCE_MISMATCH);
        }
        Optional<TeredoAddress> to =
                TeredoAddress.of(packet.destination()).filter(destination -> destination.server() == primary);
        if (to.isEmpty()) {
            return new Outcome.Dropped(Rule.OTHER_SERVER);
        }
        UdpAddress mapped = to.get().mapped();
        if (!mappings.isKnown(mapped, now)) {
            return new Outcome.Dropped(Rule.NOT_SOLICITED);
        }
        return rates.take(from.address(), now)
                ? new Outcome.Send(Door.PRIMARY, mapped, withOrigin(from, datagram))
                : new Outcome.Dropped(Rule.TOO_OFTEN);
    }

    /** As it came, trailers and all, with where it came from before it. */
    private static ByteString withOrigin(UdpAddress from, ByteBuffer datagram) {
        ByteBuffer out = ByteBuffer.allocate(ORIGIN + datagram.remaining());
        out.putShort((short) 0).putShort((short) ~from.port()).putInt(~from.address());
        out.put(datagram.duplicate());
        return ByteString.of(out.array());
    }
}
