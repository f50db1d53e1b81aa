package dev.byway.quic.transport;

import dev.byway.core.unit.Moment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Puts a {@link DatagramTransport} between a socket and QUIC. */
public final class TransportHandler extends ChannelDuplexHandler {
    private static final Moment NEVER = new Moment(Long.MAX_VALUE);

    /** Whoever has connections over the transport's ways. */
    public interface Connections {
        /** Those with this peer end. */
        void lost(InetSocketAddress peer);

        /** All end. */
        void moved();
    }

    private final DatagramTransport transport;
    private final Connections connections;

    public TransportHandler(DatagramTransport transport, Connections connections) {
        this.transport = transport;
        this.connections = connections;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        transport.start(new Socket(context));
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Optional<DatagramPacket> packet = transport.unwrap((DatagramPacket) message);
        packet.ifPresent(context::fireChannelRead);
    }

    /** An empty packet is QUIC's way to learn that all before it was sent. It is not sent. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        DatagramPacket packet = (DatagramPacket) message;
        if (packet.content().isReadable()) {
            transport
                    .wrap(packet)
                    .ifPresentOrElse(datagram -> context.write(datagram, promise), () -> promise.setSuccess());
        } else {
            packet.release();
            promise.setSuccess();
        }
    }

    private final class Socket implements TransportSocket {
        private final ChannelHandlerContext context;
        private Moment due = NEVER;
        private Optional<Future<?>> timer = Optional.empty();

        Socket(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public InetSocketAddress bound() {
            return (InetSocketAddress) context.channel().localAddress();
        }

        @Override
        public ByteBufAllocator allocator() {
            return context.alloc();
        }

        @Override
        public Moment now() {
            return new Moment(System.nanoTime());
        }

        @Override
        public void execute(Runnable task) {
            try {
                context.executor().execute(task);
            } catch (RejectedExecutionException e) {
                // The socket is closed, and with it all that the task is about.
            }
        }

        @Override
        public void send(InetSocketAddress to, ByteBuf datagram) {
            context.writeAndFlush(new DatagramPacket(datagram, to));
        }

        @Override
        public void tickAt(Moment moment) {
            if (moment.equals(due)) {
                return;
            }
            timer.ifPresent(future -> future.cancel(false));
            due = moment;
            timer = moment.equals(NEVER)
                    ? Optional.empty()
                    : Optional.of(context.executor()
                            .schedule(this::tick, moment.since(now()).toNanos(), TimeUnit.NANOSECONDS));
        }

        private void tick() {
            due = NEVER;
            timer = Optional.empty();
            transport.tick();
        }

        @Override
        public void lost(InetSocketAddress peer) {
            connections.lost(peer);
        }

        @Override
        public void moved() {
            connections.moved();
        }
    }
}
