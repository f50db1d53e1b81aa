package dev.byway.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Listens for the end of one connection. Its event loop only. */
final class Connection extends ChannelInboundHandlerAdapter {
    private static final int CRYPTO_ERROR = 0x100;
    private static final int ALERTS = 0x100;

    private final Consumer<QuicClosedException> whenClosed;
    private Optional<IOException> farewell = Optional.empty();

    /** @param whenClosed told what the other end says when it closes */
    Connection(Consumer<QuicClosedException> whenClosed) {
        this.whenClosed = whenClosed;
    }

    /** What the other end said. */
    Optional<IOException> farewell() {
        return farewell;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof QuicConnectionCloseEvent close) {
            QuicClosedException why = closed(close);
            farewell = Optional.of(why);
            whenClosed.accept(why);
        }
        context.fireUserEventTriggered(event);
    }

    private static QuicClosedException closed(QuicConnectionCloseEvent close) {
        int error = close.error();
        if (close.isApplicationClose()) {
            return new QuicClosedException("the peer closed the connection without a good-bye", OptionalInt.empty());
        }
        if (error >= CRYPTO_ERROR && error < CRYPTO_ERROR + ALERTS) {
            return new QuicClosedException("TLS alert " + (error - CRYPTO_ERROR), OptionalInt.of(error - CRYPTO_ERROR));
        }
        String reason = new String(close.reason(), StandardCharsets.US_ASCII).replaceAll("[^ -~]", "?");
        return new QuicClosedException(
                "QUIC error " + error + (reason.isEmpty() ? "" : ": " + reason), OptionalInt.empty());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        farewell = farewell.or(() -> Optional.of(new IOException(String.valueOf(cause.getMessage()), cause)));
    }
}
