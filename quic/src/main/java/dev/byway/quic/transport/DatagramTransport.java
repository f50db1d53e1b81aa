package dev.byway.quic.transport;

import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How QUIC's datagrams travel through one UDP socket. QUIC knows peers by addresses that this transport understands, and never by
 * what the socket sees: below it a peer may be met through a tunnel, and be found elsewhere a minute later.
 *
 * <p>Packets are given over: who takes one releases it or passes it on. All methods are called on the socket's event loop.
 */
public interface DatagramTransport {
    /** Begins; called once, before all else. */
    void start(TransportSocket socket);

    /** The moment has come for which {@link TransportSocket#tickAt} asked, or another one. */
    void tick();

    /** The address that QUIC takes for its own, and that of all that {@link #unwrap} gives; empty while there is none. */
    Optional<InetSocketAddress> local();

    /** Opens the way to a peer, as far as that takes anything; told once how it went, perhaps at once, within seconds. */
    void open(InetSocketAddress peer, Consumer<Opening> told);

    /** A connection with this peer stands: its way is to be kept open. */
    void keep(InetSocketAddress peer);

    /** The last connection with this peer is over. */
    void release(InetSocketAddress peer);

    /**
     * What a datagram carries for QUIC: its content begins at index 0, its sender is the peer's address, its recipient {@link
     * #local}. Empty when it is of no interest to QUIC.
     */
    Optional<DatagramPacket> unwrap(DatagramPacket datagram);

    /**
     * The datagram that carries a packet of QUIC, or of several equal segments; empty when there is no way to the recipient, and the
     * packet is lost as packets are.
     */
    Optional<DatagramPacket> wrap(DatagramPacket packet);

    /** What came of opening a way. */
    sealed interface Opening {
        /** Packets can be sent. */
        record Open() implements Opening {}

        /**
         * There is none.
         *
         * @param detail for people
         */
        record NoWay(String detail) implements Opening {}
    }
}
