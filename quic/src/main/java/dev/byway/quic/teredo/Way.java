package dev.byway.quic.teredo;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.Ip6;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.UdpAddress;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * An open way to one peer, with what stands before each packet there: an IPv6 header and a UDP header, both ports {@link
 * TeredoTransport#PORT}, 48 bytes, whose checksum is made from a part that is always the same and the packet's own.
 */
final class Way {
    /** Bytes before each packet. */
    static final int HEADERS = 48;

    private static final int IPV6 = 40;
    private static final int UDP = 17;
    private static final int UDP_HEADER = HEADERS - IPV6;
    private static final int HOPS = 64;
    private static final long VERSION = 6L << 60;

    private final Ip6 self;
    private final TeredoAddress peer;
    private final InetSocketAddress inner;
    private final UdpAddress mapping;
    private final InetSocketAddress outer;
    private final long fixedSum;
    private Moment heard;

    /** @param mapping where the peer is */
    Way(Ip6 self, TeredoAddress peer, UdpAddress mapping, Moment now) {
        this.self = self;
        this.peer = peer;
        this.mapping = mapping;
        this.inner = TeredoTransport.socketAddress(peer);
        this.outer = mapping.socketAddress();
        this.heard = now;
        Ip6 other = peer.ip6();
        this.fixedSum = Checksum.words(self.high())
                + Checksum.words(self.low())
                + Checksum.words(other.high())
                + Checksum.words(other.low())
                + UDP
                + 2L * TeredoTransport.PORT;
    }

    TeredoAddress peer() {
        return peer;
    }

    /** As QUIC knows the peer. */
    InetSocketAddress inner() {
        return inner;
    }

    /** As the socket knows it. */
    InetSocketAddress outer() {
        return outer;
    }

    UdpAddress mapping() {
        return mapping;
    }

    Moment heard() {
        return heard;
    }

    void heard(Moment now) {
        heard = now;
    }

    /** Appends {@code length} bytes of {@code in}, moving it, with the headers before them. */
    void write(ByteBuf in, int length, ByteBuf out) {
        int size = UDP_HEADER + length;
        out.writeLong(VERSION | (long) size << 16 | UDP << 8 | HOPS);
        out.writeLong(self.high()).writeLong(self.low());
        out.writeLong(peer.ip6().high()).writeLong(peer.ip6().low());
        out.writeShort(TeredoTransport.PORT).writeShort(TeredoTransport.PORT).writeShort(size);
        out.writeShort(Checksum.finish(fixedSum + 2L * size + Checksum.sum(in, in.readerIndex(), length)));
        out.writeBytes(in, length);
    }

    /** Whether these bytes, from index 0, are a packet of the peer for QUIC here. Its checksum is not looked at: QUIC proves every byte. */
    boolean brought(ByteBuf datagram) {
        int available = datagram.readableBytes();
        if (available <= HEADERS || datagram.getByte(0) >>> 4 != 6 || datagram.getUnsignedByte(6) != UDP) {
            return false;
        }
        int size = size(datagram);
        return size > UDP_HEADER
                && size <= available - IPV6
                && datagram.getUnsignedShort(IPV6 + 4) == size
                && datagram.getLong(8) == peer.ip6().high()
                && datagram.getLong(16) == peer.ip6().low()
                && datagram.getLong(24) == self.high()
                && datagram.getLong(32) == self.low()
                && datagram.getUnsignedShort(IPV6) == TeredoTransport.PORT
                && datagram.getUnsignedShort(IPV6 + 2) == TeredoTransport.PORT;
    }

    /** What such a datagram carries; trailers behind it (RFC 6081 section 4) are none of it. */
    static ByteBuf content(ByteBuf datagram) {
        return datagram.slice(HEADERS, size(datagram) - UDP_HEADER);
    }

    private static int size(ByteBuf datagram) {
        return datagram.getUnsignedShort(4);
    }
}
