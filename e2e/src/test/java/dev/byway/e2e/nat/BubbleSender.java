package dev.byway.e2e.nat;

import dev.byway.teredo.packet.Ip6;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.Trailer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A program for the lab: sends bubbles with a nonce to where devices are, by their Teredo addresses, until it is ended. Arguments: the
 * local address and port, the nonce, the devices. It says {@code sending} once all have got one.
 */
final class BubbleSender {
    private static final Duration GAP = Duration.ofMillis(200);
    private static final Ip6 SOURCE = Ip6.linkLocal(1);

    private BubbleSender() {}

    public static void main(String[] arguments) throws IOException {
        List<Trailer> nonce = List.of(new Trailer.Nonce(Integer.parseInt(arguments[2])));
        List<TeredoAddress> devices =
                List.of(arguments).stream().skip(3).map(BubbleSender::address).toList();
        InetSocketAddress local =
                new InetSocketAddress(InetAddress.ofLiteral(arguments[0]), Integer.parseInt(arguments[1]));
        try (DatagramSocket socket = new DatagramSocket(local)) {
            while (true) {
                for (TeredoAddress device : devices) {
                    byte[] bubble = TeredoPacket.bubble(SOURCE, device.ip6(), nonce)
                            .encode()
                            .toArray();
                    socket.send(new DatagramPacket(
                            bubble, bubble.length, device.mapped().socketAddress()));
                }
                System.out.println("sending");
                System.out.flush();
                LockSupport.parkNanos(GAP.toNanos());
            }
        }
    }

    static TeredoAddress address(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(InetAddress.ofLiteral(text).getAddress());
        return TeredoAddress.of(new Ip6(bytes.getLong(), bytes.getLong())).orElseThrow();
    }
}
