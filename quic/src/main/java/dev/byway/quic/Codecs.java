package dev.byway.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.ClientAuth;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * QUIC itself, over the socket of a pipeline: one codec for connections that are dialled here, one for those that are taken. Made when the
 * first packet needs it, since it loads a native library. The event loop only.
 *
 * <p>No session is ever resumed by a dialler, because each dial has a TLS context of its own: a ticket would outlive the check of a
 * certificate (RFC 8446 section 2.2). Whoever is resumed as the taker of a connection is judged by its certificates once more.
 */
final class Codecs {
    private static final AttributeKey<QuicSslContext> CONTEXT = AttributeKey.valueOf(Codecs.class, "context");
    private static final AttributeKey<Connection> CONNECTION = AttributeKey.valueOf(Codecs.class, "connection");
    private static final int MAX_UDP_PAYLOAD = 1232;
    private static final long WINDOW = 2 << 20;

    private final ChannelPipeline pipeline;
    private final QuicSetup setup;
    private final Connections connections;
    private final UdpDriver driver;
    private final ConnectionIds ids = new ConnectionIds();
    private final Demux.Codec dialled;
    private final Demux.Codec taken;
    private Optional<Credentials> shown = Optional.empty();
    private Optional<QuicSslContext> takersContext = Optional.empty();

    /** Adds both codecs at the end of the pipeline; that of dialled connections must be the last one. */
    Codecs(ChannelPipeline pipeline, QuicSetup setup, Connections connections, UdpDriver driver) {
        this.pipeline = pipeline;
        this.setup = setup;
        this.connections = connections;
        this.driver = driver;
        this.taken = add(takersCodec());
        this.dialled = add(diallersCodec());
    }

    private Demux.Codec add(ChannelHandler codec) {
        pipeline.addLast(codec);
        return new Demux.Codec((ChannelInboundHandler) codec, Objects.requireNonNull(pipeline.context(codec)));
    }

    /** Which codec a packet is for. */
    Demux.Codec of(ByteBuf packet) {
        return ids.isOfDialled(packet) ? dialled : taken;
    }

    /** The end of a batch of packets. */
    void readComplete() throws Exception {
        dialled.readComplete();
        taken.readComplete();
    }

    private ChannelHandler diallersCodec() {
        return common(new QuicClientCodecBuilder())
                .sslEngineProvider(channel ->
                        Objects.requireNonNull(channel.attr(CONTEXT).get()).newEngine(channel.alloc()))
                .build();
    }

    private ChannelHandler takersCodec() {
        return common(new QuicServerCodecBuilder())
                .initialMaxStreamsBidirectional(1)
                .sslEngineProvider(this::takersEngine)
                .tokenHandler(null) // The transport has met the peer where the packet comes from.
                .connectionIdAddressGenerator(ids)
                .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, driver.segments())
                .handler(new ChannelInitializer<QuicChannel>() {
                    @Override
                    protected void initChannel(QuicChannel channel) {
                        take(channel);
                    }
                })
                .streamOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .streamHandler(new ChannelInitializer<QuicStreamChannel>() {
                    @Override
                    protected void initChannel(QuicStreamChannel stream) {
                        take(stream);
                    }
                })
                .build();
    }

    private <B extends QuicCodecBuilder<B>> B common(QuicCodecBuilder<B> builder) {
        return builder.localConnectionIdLength(ConnectionIds.LENGTH)
                .maxSendUdpPayloadSize(MAX_UDP_PAYLOAD)
                .maxRecvUdpPayloadSize(MAX_UDP_PAYLOAD)
                .discoverPmtu(false)
                .activeMigration(false)
                .maxIdleTimeout(setup.times().silence().toMillis(), TimeUnit.MILLISECONDS)
                .initialMaxData(WINDOW)
                .initialMaxStreamDataBidirectionalLocal(WINDOW)
                .initialMaxStreamDataBidirectionalRemote(WINDOW);
    }

    // ---- connections from others ----

    private QuicSslEngine takersEngine(QuicChannel channel) {
        Credentials now = setup.credentials().get();
        if (takersContext.isEmpty() || !shown.equals(Optional.of(now))) {
            shown = Optional.of(now);
            takersContext = Optional.of(QuicSslContextBuilder.forServer(now.keys(), null)
                    .trustManager(now.trust())
                    .clientAuth(ClientAuth.REQUIRE)
                    .earlyData(false)
                    .applicationProtocols(now.protocol())
                    .build());
        }
        return takersContext.get().newEngine(channel.alloc());
    }

    private void take(QuicChannel channel) {
        Connection connection = new Connection(ignored -> {});
        channel.attr(CONNECTION).set(connection);
        channel.pipeline().addLast(connection);
        InetSocketAddress peer = (InetSocketAddress) Objects.requireNonNull(channel.remoteSocketAddress());
        if (connections.add(peer, channel, false)) {
            channel.eventLoop()
                    .schedule(
                            () -> closeIfHalfWay(channel),
                            setup.times().handshake().toMillis(),
                            TimeUnit.MILLISECONDS);
        } else {
            channel.close();
        }
    }

    private void closeIfHalfWay(QuicChannel channel) {
        if (connections.isHalfWay(channel)) {
            channel.close();
        }
    }

    private void take(QuicStreamChannel channel) {
        QuicChannel parent = channel.parent();
        Optional<QuicStream> stream = stream(channel);
        if (stream.isEmpty()) {
            parent.close();
            return;
        }
        connections.proved(parent);
        Thread.ofVirtual()
                .name("byway-link-reader")
                .start(() -> setup.incoming().accept(stream.get()));
    }

    private static Optional<QuicStream> stream(QuicStreamChannel channel) {
        QuicChannel parent = channel.parent();
        Connection connection = Objects.requireNonNull(parent.attr(CONNECTION).get());
        InetSocketAddress peer = (InetSocketAddress) Objects.requireNonNull(parent.remoteSocketAddress());
        Optional<QuicStream> stream =
                certificates(parent).map(certificates -> new QuicStream(channel, peer, certificates));
        stream.ifPresent(open -> channel.pipeline().addLast(new StreamHandler(open, connection::farewell)));
        return stream;
    }

    private static Optional<List<Certificate>> certificates(QuicChannel channel) {
        try {
            return Optional.of(List.of(
                    Objects.requireNonNull(channel.sslEngine()).getSession().getPeerCertificates()));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    // ---- connections to others ----

    /** Connects; {@code result} is completed within the time that a handshake may take. */
    void dial(InetSocketAddress local, InetSocketAddress peer, CompletableFuture<ConnectResult> result) {
        Credentials now = setup.credentials().get();
        RecordingTrust trust = new RecordingTrust(now.trust());
        QuicSslContext context = QuicSslContextBuilder.forClient()
                .keyManager(now.keys(), null)
                .trustManager(trust)
                .earlyData(false)
                .applicationProtocols(now.protocol())
                .build();
        Connection connection = new Connection(
                why -> result.complete(new ConnectResult.Refused(String.valueOf(why.getMessage()), why.alert())));
        QuicChannel.newBootstrap(pipeline.channel())
                .attr(CONTEXT, context)
                .attr(CONNECTION, connection)
                .handler(connection)
                .streamHandler(NoStreams.INSTANCE)
                .localAddress(local)
                .remoteAddress(peer)
                .localConnectionAddress(ids.dialled())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        setup.times().handshake().toMillis())
                .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, driver.segments())
                .connect()
                .addListener((Future<QuicChannel> done) -> {
                    if (done.isSuccess()) {
                        connected(peer, done.getNow(), result);
                    } else {
                        result.complete(failed(done.cause(), trust));
                    }
                });
    }

    private void connected(InetSocketAddress peer, QuicChannel channel, CompletableFuture<ConnectResult> result) {
        if (!connections.add(peer, channel, true)) {
            channel.close();
            result.complete(refused("this device has too many connections"));
            return;
        }
        CompletableFuture<QuicStream> stream = new CompletableFuture<>();
        channel.createStream(QuicStreamType.BIDIRECTIONAL, new ChannelInitializer<QuicStreamChannel>() {
                    @Override
                    protected void initChannel(QuicStreamChannel opened) {
                        opened.config().setAllowHalfClosure(true);
                        stream(opened).ifPresent(stream::complete);
                    }
                })
                .addListener(done -> {
                    QuicStream open = stream.getNow(null);
                    if (done.isSuccess() && open != null) {
                        result.complete(new ConnectResult.Connected(open));
                    } else {
                        channel.close();
                        result.complete(refused("no stream: " + done.cause()));
                    }
                });
    }

    private static ConnectResult failed(Throwable cause, RecordingTrust trust) {
        return trust.refusal().<ConnectResult>map(ConnectResult.NotTrusted::new).orElseGet(() -> switch (cause) {
            case ConnectTimeoutException timeout -> new ConnectResult.TimedOut("the peer did not answer");
            default -> refused(String.valueOf(cause.getMessage()));
        });
    }

    private static ConnectResult refused(String detail) {
        return new ConnectResult.Refused(detail, OptionalInt.empty());
    }
}
