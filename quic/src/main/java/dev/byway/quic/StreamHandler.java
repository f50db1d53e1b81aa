package dev.byway.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Hands what happens on a stream to its {@link QuicStream}. */
final class StreamHandler extends ChannelInboundHandlerAdapter {
    private final QuicStream stream;
    private final Supplier<Optional<IOException>> farewell;

    /** @param farewell what the other end said when it closed the connection */
    StreamHandler(QuicStream stream, Supplier<Optional<IOException>> farewell) {
        this.stream = stream;
        this.farewell = farewell;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        stream.received(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE || event == ChannelInputShutdownReadComplete.INSTANCE) {
            stream.ended(Optional.empty());
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        stream.ended(Optional.of(new IOException(String.valueOf(cause.getMessage()), cause)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stream.ended(farewell.get().or(() -> Optional.of(new IOException("the connection was lost"))));
        context.fireChannelInactive();
    }
}
