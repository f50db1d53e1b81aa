package dev.byway.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * The system's UDP. On Linux epoll, with many packets of one length sent and received at a time (UDP_SEGMENT, UDP_GRO): that is half the
 * CPU. Elsewhere NIO, one packet at a time.
 */
enum UdpDriver {
    EPOLL {
        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }

        @Override
        Supplier<Channel> channels() {
            return () -> new EpollDatagramChannel(SocketProtocolFamily.INET);
        }

        @Override
        void tune(Bootstrap bootstrap) {
            bootstrap.option(EpollChannelOption.UDP_GRO, true);
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST));
        }

        @Override
        SegmentedDatagramPacketAllocator segments() {
            return EpollQuicUtils.newSegmentedAllocator(SEGMENTS);
        }
    },
    NIO {
        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        Supplier<Channel> channels() {
            return () -> new NioDatagramChannel(SocketProtocolFamily.INET);
        }

        @Override
        void tune(Bootstrap bootstrap) {
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(ONE));
        }

        @Override
        SegmentedDatagramPacketAllocator segments() {
            return SegmentedDatagramPacketAllocator.NONE;
        }
    };

    private static final int ONE = 2048;
    private static final int LARGEST = 65_536;
    private static final int SEGMENTS = 16;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int LOW = 256 << 10;
    private static final int HIGH = 512 << 10;

    /** The best one that this system has. */
    static UdpDriver best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    abstract IoHandlerFactory handlers();

    abstract Supplier<Channel> channels();

    abstract void tune(Bootstrap bootstrap);

    /** For QUIC, how packets are put together. */
    abstract SegmentedDatagramPacketAllocator segments();

    /** An event loop of one thread. */
    EventLoopGroup loop() {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("byway-quic", true), handlers());
    }

    /**
     * Opens a socket of IPv4.
     *
     * @throws IOException when it cannot be bound
     */
    Channel bind(EventLoopGroup loop, InetSocketAddress address, ChannelHandler pipeline) throws IOException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(channels()::get)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW, HIGH))
                .handler(pipeline);
        tune(bootstrap);
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot bind UDP port " + address.getPort() + ": "
                    + bound.cause().getMessage());
        }
        return bound.channel();
    }
}
