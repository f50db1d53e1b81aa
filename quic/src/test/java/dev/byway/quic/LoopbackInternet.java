package dev.byway.quic;

import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import dev.byway.teredo.server.ServerLimits;
import dev.byway.teredo.server.TeredoServer;
import dev.byway.teredo.server.TeredoServer.Door;
import dev.byway.teredo.server.TeredoServer.Outcome;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An Internet on the loopback: each socket has there an address that looks global, as Teredo wants it, and nothing stands between. With a
 * Teredo server, of the real rules, at {@link #SERVER}.
 */
final class LoopbackInternet implements AutoCloseable {
    static final UdpAddress SERVER = new UdpAddress(0x0bc8_0202, UdpAddress.TEREDO_PORT);

    private final Map<InetSocketAddress, InetSocketAddress> toGlobal = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, InetSocketAddress> toLocal = new ConcurrentHashMap<>();
    private final DatagramChannel server;

    LoopbackInternet() throws IOException {
        server = DatagramChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        add(local(server.getLocalAddress()), SERVER.socketAddress());
        Thread.ofPlatform().daemon().start(this::serve);
    }

    private static InetSocketAddress local(Object address) {
        return (InetSocketAddress) address;
    }

    private void add(InetSocketAddress local, InetSocketAddress global) {
        toGlobal.put(local, global);
        toLocal.put(global, local);
    }

    /** The next device gets this address. */
    private InetSocketAddress globalOf(InetSocketAddress local) {
        return toGlobal.computeIfAbsent(local, _ -> {
            InetSocketAddress global = new UdpAddress(0x0b00_0100 + toGlobal.size(), 4000).socketAddress();
            toLocal.put(global, local);
            return global;
        });
    }

    private void serve() {
        TeredoServer rules = new TeredoServer(SERVER.address(), false, ServerLimits.STANDARD, new Random(1), now());
        ByteBuffer buffer = ByteBuffer.allocate(TeredoPacket.LONGEST);
        try {
            while (true) {
                InetSocketAddress from = globalOf(local(server.receive(buffer.clear())));
                if (rules.received(Door.PRIMARY, UdpAddress.of(from), buffer.flip(), now())
                        instanceof Outcome.Send(Door _, UdpAddress to, ByteString datagram)) {
                    server.send(ByteBuffer.wrap(datagram.toArray()), toLocal.get(to.socketAddress()));
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }

    /** Goes between a device's socket and all else. */
    ChannelDuplexHandler router() {
        return new ChannelDuplexHandler() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                DatagramPacket in = (DatagramPacket) message;
                context.fireChannelRead(new DatagramPacket(in.content(), in.recipient(), globalOf(in.sender())));
            }

            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                DatagramPacket out = (DatagramPacket) message;
                InetSocketAddress to = toLocal.get(out.recipient());
                if (to == null) {
                    out.release();
                    promise.setSuccess();
                } else if (out instanceof SegmentedDatagramPacket many) {
                    context.write(new SegmentedDatagramPacket(many.content(), many.segmentSize(), to), promise);
                } else {
                    context.write(new DatagramPacket(out.content(), to), promise);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
