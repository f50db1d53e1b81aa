package dev.byway.quic.transport;

import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/** UDP as it is: a peer's address is where it is, and there is always a way. */
public final class PlainTransport implements DatagramTransport {
    private Optional<InetSocketAddress> local = Optional.empty();

    @Override
    public void start(TransportSocket socket) {
        local = Optional.of(socket.bound());
    }

    @Override
    public void tick() {
        // Nothing is ever due.
    }

    @Override
    public Optional<InetSocketAddress> local() {
        return local;
    }

    @Override
    public void open(InetSocketAddress peer, Consumer<Opening> told) {
        told.accept(new Opening.Open());
    }

    @Override
    public void keep(InetSocketAddress peer) {
        // No way, nothing to keep.
    }

    @Override
    public void release(InetSocketAddress peer) {
        // As above.
    }

    /** QUIC takes another recipient for another path, and a socket bound to all addresses names the one that was meant. */
    @Override
    public Optional<DatagramPacket> unwrap(DatagramPacket datagram) {
        return Optional.of(new DatagramPacket(datagram.content(), local.orElseThrow(), datagram.sender()));
    }

    @Override
    public Optional<DatagramPacket> wrap(DatagramPacket packet) {
        return Optional.of(packet);
    }
}
