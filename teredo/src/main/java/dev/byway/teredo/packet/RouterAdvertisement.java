package dev.byway.teredo.packet;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A server's answer to a solicitation (RFC 4380 section 5.3.2, RFC 4861 section 4.2).
 *
 * @param nonce of the solicitation
 * @param mapped where the server saw it come from
 * @param destination its source
 * @param server the server's IPv4 address, as the advertised prefix has it
 */
public record RouterAdvertisement(long nonce, UdpAddress mapped, Ip6 destination, int server) {
    private static final int TYPE = 134;
    private static final int HEAD = 16;
    private static final int RETRANSMIT_MILLIS = 2000;
    private static final int PREFIX_OPTION = 3;
    private static final int PREFIX_UNITS = 4;
    private static final int PREFIX_LENGTH = 64;
    private static final int AUTONOMOUS = 0x40;
    private static final int MTU_OPTION = 5;
    private static final int UNIT = 8;
    private static final int TEREDO_PREFIX = 0x2001_0000;

    /**
     * The source of a server's own packets. Section 4: its port and address are in it, inverted, and the cone bit.
     *
     * @param server its IPv4 address
     */
    public static Ip6 linkLocal(int server) {
        long port = ~UdpAddress.TEREDO_PORT & 0xffff;
        return Ip6.linkLocal((0x8000L << 48) | (port << 32) | (~server & 0xffff_ffffL));
    }

    /** As it is sent. */
    public TeredoPacket packet() {
        Ip6 source = linkLocal(server);
        ByteBuffer message = ByteBuffer.allocate(HEAD + PREFIX_UNITS * UNIT + UNIT);
        message.put((byte) TYPE).position(12).putInt(RETRANSMIT_MILLIS);
        message.put((byte) PREFIX_OPTION)
                .put((byte) PREFIX_UNITS)
                .put((byte) PREFIX_LENGTH)
                .put((byte) AUTONOMOUS);
        message.putInt(-1).putInt(-1).putInt(0);
        message.putInt(TEREDO_PREFIX).putInt(server).putLong(0);
        message.put((byte) MTU_OPTION).put((byte) 1).putShort((short) 0).putInt(TeredoPacket.MTU);
        return new TeredoPacket(
                Optional.of(new Authentication(nonce, 0)),
                Optional.of(mapped),
                source,
                destination,
                TeredoPacket.ICMP,
                Icmp6.HOPS,
                Icmp6.sealed(source, destination, message.array()),
                List.of());
    }

    /**
     * What a packet advertises; empty when it is no valid advertisement (section 5.2.1): with authentication, an origin, and
     * exactly one prefix, which is of Teredo.
     */
    public static Optional<RouterAdvertisement> in(TeredoPacket packet) {
        if (packet.authentication().isEmpty()
                || packet.origin().isEmpty()
                || !packet.source().isLinkLocal()
                || !Icmp6.isValid(packet, TYPE, HEAD)) {
            return Optional.empty();
        }
        ByteBuffer options = ByteBuffer.wrap(packet.payload().toArray()).position(HEAD);
        return server(options)
                .map(server -> new RouterAdvertisement(
                        packet.authentication().get().nonce(), packet.origin().get(), packet.destination(), server));
    }

    private static Optional<Integer> server(ByteBuffer options) {
        Optional<Integer> server = Optional.empty();
        while (options.remaining() >= UNIT) {
            int type = Byte.toUnsignedInt(options.get(options.position()));
            int length = Byte.toUnsignedInt(options.get(options.position() + 1)) * UNIT;
            if (length == 0 || length > options.remaining()) {
                return Optional.empty();
            }
            ByteBuffer option = options.slice(options.position(), length);
            options.position(options.position() + length);
            if (type == PREFIX_OPTION) {
                boolean teredo = length == PREFIX_UNITS * UNIT
                        && option.get(2) == PREFIX_LENGTH
                        && option.getInt(16) == TEREDO_PREFIX;
                if (!teredo || server.isPresent()) {
                    return Optional.empty();
                }
                server = Optional.of(option.getInt(20));
            }
        }
        return options.hasRemaining() ? Optional.empty() : server;
    }
}
