package dev.byway.teredo.packet;

import java.util.List;
import java.util.Optional;

/**
 * "Where do you see me?" (RFC 4380 section 5.2.1, RFC 4861 section 4.1): a client's first packet, and the one that keeps its
 * mapping.
 *
 * @param nonce that the answer must repeat (section 5.2.2)
 * @param source link-local address of the client, of its own choice
 */
public record RouterSolicitation(long nonce, Ip6 source) {
    /** The source of clients that do not claim a cone NAT, which RFC 5991 has abolished. */
    public static final Ip6 WITHOUT_CONE = Ip6.linkLocal(0xffff_ffff_ffffL);

    private static final int TYPE = 133;
    private static final int LENGTH = 8;
    private static final long CONE = 1L << 63;

    /** A client's. */
    public static RouterSolicitation of(long nonce) {
        return new RouterSolicitation(nonce, WITHOUT_CONE);
    }

    /** What a packet asks; empty when it is no valid solicitation. One without authentication has the nonce 0. */
    public static Optional<RouterSolicitation> in(TeredoPacket packet) {
        return packet.source().isLinkLocal()
                        && packet.destination().equals(Ip6.ALL_ROUTERS)
                        && Icmp6.isValid(packet, TYPE, LENGTH)
                ? Optional.of(new RouterSolicitation(
                        packet.authentication().map(Authentication::nonce).orElse(0L), packet.source()))
                : Optional.empty();
    }

    /** Whether the answer is to come from the server's other address (section 5.3.2), which tells what a NAT filters. */
    public boolean hasConeBit() {
        return (source.low() & CONE) != 0;
    }

    /** The same, to be answered from the server's other address. */
    public RouterSolicitation withConeBit() {
        return new RouterSolicitation(nonce, new Ip6(source.high(), source.low() | CONE));
    }

    /** As it is sent. */
    public TeredoPacket packet() {
        byte[] message = new byte[LENGTH];
        message[0] = (byte) TYPE;
        return new TeredoPacket(
                Optional.of(new Authentication(nonce, 0)),
                Optional.empty(),
                source,
                Ip6.ALL_ROUTERS,
                TeredoPacket.ICMP,
                Icmp6.HOPS,
                Icmp6.sealed(source, Ip6.ALL_ROUTERS, message),
                List.of());
    }
}
