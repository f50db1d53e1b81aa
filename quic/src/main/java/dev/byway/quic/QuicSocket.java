package dev.byway.quic;

import dev.byway.quic.transport.DatagramTransport;
import dev.byway.quic.transport.DatagramTransport.Opening;
import dev.byway.quic.transport.TransportHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One UDP socket that carries connections of QUIC in both directions, as its {@link DatagramTransport} has them travel.
 *
 * <pre>
 * socket - transport - demux - codec of taken connections - codec of dialled ones
 * </pre>
 *
 * <p>One event loop owns all of it. Callers block, and are meant to be virtual threads. QUIC itself, with its native library, comes
 * when the first packet for it does, or the first dial. Any thread.
 */
public final class QuicSocket implements AutoCloseable {
    private final EventLoopGroup loop;
    private final DatagramTransport transport;
    private final QuicSetup setup;
    private final UdpDriver driver;
    private final Connections connections;
    private Optional<Codecs> codecs = Optional.empty();
    private volatile Optional<Channel> channel = Optional.empty();

    private QuicSocket(DatagramTransport transport, QuicSetup setup, UdpDriver driver) {
        this.transport = transport;
        this.setup = setup;
        this.driver = driver;
        this.loop = driver.loop();
        this.connections = new Connections(transport);
    }

    /**
     * Opens the socket.
     *
     * @param at where; port 0 for any free one
     * @throws IOException when that cannot be bound
     */
    public static QuicSocket open(InetSocketAddress at, DatagramTransport transport, QuicSetup setup)
            throws IOException {
        return open(at, transport, setup, UdpDriver.best(), List.of());
    }

    /** @param nearest handlers between the system's socket and the transport */
    static QuicSocket open(
            InetSocketAddress at,
            DatagramTransport transport,
            QuicSetup setup,
            UdpDriver driver,
            List<ChannelHandler> nearest)
            throws IOException {
        QuicSocket socket = new QuicSocket(transport, setup, driver);
        try {
            socket.channel = Optional.of(driver.bind(socket.loop, at, new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel bound) {
                    bound.pipeline()
                            .addLast(nearest.toArray(ChannelHandler[]::new))
                            .addLast(new TransportHandler(transport, socket.connections))
                            .addLast(new Demux(() -> socket.codecs(bound)));
                }
            }));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Codecs codecs(Channel bound) {
        if (codecs.isEmpty()) {
            codecs = Optional.of(new Codecs(bound.pipeline(), setup, connections, driver));
        }
        return codecs.get();
    }

    /** Where it is bound. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.orElseThrow().localAddress();
    }

    /**
     * Connects to a peer, and waits until that has succeeded or failed: {@link QuicTimes} says how long at most.
     *
     * @param peer as the transport knows it
     */
    public ConnectResult connect(InetSocketAddress peer) {
        CompletableFuture<ConnectResult> result = new CompletableFuture<>();
        try {
            loop.execute(() -> transport.open(peer, opening -> opened(peer, opening, result)));
        } catch (RejectedExecutionException e) {
            return new ConnectResult.NoWay("this device's UDP socket is closed");
        }
        QuicTimes times = setup.times();
        long most = times.way().plus(times.handshake()).toMillis();
        return result.completeOnTimeout(
                        new ConnectResult.TimedOut("no answer within " + most + " ms"), most, TimeUnit.MILLISECONDS)
                .join();
    }

    private void opened(InetSocketAddress peer, Opening opening, CompletableFuture<ConnectResult> result) {
        switch (opening) {
            case Opening.NoWay(String detail) -> result.complete(new ConnectResult.NoWay(detail));
            case Opening.Open() -> dial(peer, result);
        }
    }

    private void dial(InetSocketAddress peer, CompletableFuture<ConnectResult> result) {
        try {
            InetSocketAddress local = transport.local().orElseThrow();
            codecs(channel.orElseThrow()).dial(local, peer, result);
        } catch (RuntimeException | LinkageError e) {
            result.complete(new ConnectResult.NoWay("QUIC does not work on this machine: " + e));
        }
    }

    /** Ends all connections, without a word, and gives the port back. */
    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
