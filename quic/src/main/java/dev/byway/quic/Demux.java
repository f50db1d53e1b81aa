package dev.byway.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.util.function.Supplier;

/**
 * Gives each packet to the one of two codecs that it is for. Either swallows all that it is given, so one behind the other would never
 * hear anything.
 */
final class Demux extends ChannelInboundHandlerAdapter {
    /** A codec and its place in the pipeline. */
    record Codec(ChannelInboundHandler handler, ChannelHandlerContext context) {
        void read(Object packet) throws Exception {
            handler.channelRead(context, packet);
        }

        void readComplete() throws Exception {
            handler.channelReadComplete(context);
        }
    }

    private final Supplier<Codecs> codecs;
    private boolean read;

    /** @param codecs made when first asked for */
    Demux(Supplier<Codecs> codecs) {
        this.codecs = codecs;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        read = true;
        codecs.get().of(((DatagramPacket) message).content()).read(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (read) {
            read = false;
            codecs.get().readComplete();
        }
    }
}
