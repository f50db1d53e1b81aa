package dev.byway.quic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;

/** Closes a stream that the other end opens where none is expected. */
@Sharable
final class NoStreams extends ChannelInitializer<Channel> {
    static final NoStreams INSTANCE = new NoStreams();

    private NoStreams() {}

    @Override
    protected void initChannel(Channel channel) {
        channel.close();
    }
}
