package dev.byway.quic;

import dev.byway.quic.transport.PlainTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The contract over UDP as it is, with the best driver of this system. */
class PlainTransportTest extends TransportContract {
    @Override
    QuicSocket open(QuicSetup setup) throws Exception {
        return QuicSocket.open(loopback(0), new PlainTransport(), setup, driver(), List.of());
    }

    UdpDriver driver() {
        return UdpDriver.best();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    @Override
    InetSocketAddress addressOf(QuicSocket socket) {
        return socket.address();
    }

    @Override
    InetSocketAddress nowhere() {
        return loopback(1);
    }
}
