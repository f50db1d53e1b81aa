package dev.byway.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
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

    private static final Logger LOG = System.getLogger(Demux.class.getName());

    private final Supplier<Codecs> codecs;
    private boolean read;
    private boolean broken;

    /** @param codecs made when first asked for; where they cannot be, for want of a native library, packets are dropped */
    Demux(Supplier<Codecs> codecs) {
        this.codecs = codecs;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        Optional<Codecs> these = broken ? Optional.empty() : made();
        if (these.isEmpty()) {
            ReferenceCountUtil.release(message);
            return;
        }
        read = true;
        these.get().of(((DatagramPacket) message).content()).read(message);
    }

    private Optional<Codecs> made() {
        try {
            return Optional.of(codecs.get());
        } catch (LinkageError e) {
            broken = true;
            LOG.log(
                    Level.WARNING,
                    "no links with devices behind other NATs: QUIC does not work on this machine: {0}",
                    e);
            return Optional.empty();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (read) {
            read = false;
            codecs.get().readComplete();
        }
    }
}
