package dev.byway.core.doctor.microsoft;

import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A Teredo client's first packet and the server's answer to it (RFC 4380): in UDP, an authentication encapsulation with a nonce
 * (section 5.1.1), then an IPv6 router solicitation (RFC 4861 section 4.1) from a link-local address without the cone bit, so that the
 * server answers from the address that was asked, which any NAT lets through. It qualifies nothing: the client asks, and goes.
 *
 * @param nonce which the answer has to repeat
 */
public record TeredoSolicitation(long nonce) {
    private static final byte[] SOURCE = {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1};
    private static final byte[] ALL_ROUTERS = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};
    private static final int AUTHENTICATION = 13;
    private static final int SOLICITATION = 133;
    private static final int SOLICITATION_LENGTH = 8;

    /** The UDP payload to send. */
    public ByteString packet() {
        ByteBuffer icmp = ByteBuffer.allocate(SOLICITATION_LENGTH);
        icmp.put((byte) SOLICITATION);
        icmp.putShort(2, (short) Ipv6.checksum(SOURCE, ALL_ROUTERS, icmp.array()));
        ByteBuffer packet = ByteBuffer.allocate(AUTHENTICATION + Ipv6.HEADER + SOLICITATION_LENGTH);
        packet.putShort((short) 1).put((byte) 0).put((byte) 0).putLong(nonce).put((byte) 0);
        packet.putInt(6 << 28)
                .putShort((short) SOLICITATION_LENGTH)
                .put((byte) Ipv6.ICMP)
                .put((byte) Ipv6.HOPS);
        packet.put(SOURCE).put(ALL_ROUTERS).put(icmp.array());
        return ByteString.of(packet.array());
    }

    /** What a UDP payload says, if it is the answer to this. Any bytes may be given. */
    public Optional<TeredoAnswer> answer(byte[] payload) {
        return TeredoAnswer.read(ByteBuffer.wrap(payload), nonce, SOURCE);
    }
}
