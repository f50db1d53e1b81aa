package dev.byway.quic.transport;

import dev.byway.core.unit.Moment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;

/** The UDP socket, as a {@link DatagramTransport} sees it. Its event loop only, but for {@link #execute}. */
public interface TransportSocket {
    /** Where it is bound. */
    InetSocketAddress bound();

    /** For the datagrams that the transport makes. */
    ByteBufAllocator allocator();

    /** Monotonic. */
    Moment now();

    /** Runs something on the event loop, soon; any thread. */
    void execute(Runnable task);

    /** Sends a datagram of the transport's own, which is given over; lost when it cannot be sent. */
    void send(InetSocketAddress to, ByteBuf datagram);

    /** Calls {@link DatagramTransport#tick} then; a later call replaces an earlier one. */
    void tickAt(Moment moment);

    /** The way to this peer is gone: the connections over it end. */
    void lost(InetSocketAddress peer);

    /** All ways are gone, because this device's own address is. */
    void moved();
}
