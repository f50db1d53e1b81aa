package dev.byway.agent.link;

import dev.byway.agent.identity.PeerTls;
import dev.byway.agent.link.DialResult.Failed;
import dev.byway.agent.link.DialResult.Kind;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.PeerIdentity;
import dev.byway.quic.ConnectResult;
import dev.byway.quic.Credentials;
import dev.byway.quic.QuicSetup;
import dev.byway.quic.QuicSocket;
import dev.byway.quic.QuicStream;
import dev.byway.quic.QuicTimes;
import dev.byway.quic.teredo.TeredoServers;
import dev.byway.quic.teredo.TeredoTransport;
import dev.byway.quic.teredo.TunnelState;
import dev.byway.teredo.client.ClientCounts;
import dev.byway.teredo.client.ClientLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Links to devices behind other NATs: QUIC through Teredo, in both directions, over one UDP socket. The same certificates and frames as
 * over TCP, so that a link is a link once it stands. Any thread.
 */
public final class LinkTunnel implements AutoCloseable {
    /** The port of a device's Teredo address that takes links. */
    public static final int PORT = TeredoTransport.PORT;

    private final LinkSetup setup;
    private final TeredoTransport transport;
    private final QuicSocket socket;
    private final SecureRandom random = new SecureRandom();

    private LinkTunnel(LinkSetup setup, TeredoTransport transport, QuicSocket socket) {
        this.setup = setup;
        this.transport = transport;
        this.socket = socket;
    }

    /**
     * Opens the socket, and asks a Teredo server for an address.
     *
     * @param port setting {@code teredo.client.port}; 0 for any free one
     * @param changed told how the tunnel stands when that changes; not to be held up
     * @throws IOException when the port cannot be had
     */
    public static LinkTunnel open(
            Optional<InetAddress> from, int port, LinkSetup setup, TeredoServers servers, Consumer<TunnelState> changed)
            throws IOException {
        TeredoTransport transport = new TeredoTransport(ClientLimits.STANDARD, new SecureRandom(), changed);
        transport.ask(servers);
        InetAddress any = new InetSocketAddress(0).getAddress();
        QuicSocket socket = QuicSocket.open(
                new InetSocketAddress(from.orElse(any), port),
                transport,
                new QuicSetup(() -> credentials(setup.tls().get()), stream -> take(stream, setup), QuicTimes.STANDARD));
        return new LinkTunnel(setup, transport, socket);
    }

    private static Credentials credentials(PeerTls tls) {
        return new Credentials(tls.keys(), tls.trust(), PeerTls.PROTOCOL);
    }

    /** Asks these servers from now on, and no others. */
    public void ask(TeredoServers servers) {
        transport.ask(servers);
    }

    /**
     * Finds out what the NAT does; blocks no longer than {@code bubbles} does.
     *
     * @param bubbles asks the coordinator for a bubble with this nonce from another port; whether it has sent it
     */
    public void examine(IntPredicate bubbles) {
        int nonce = random.nextInt() | 1;
        transport.expect(nonce);
        transport.expect(bubbles.test(nonce) ? nonce : 0);
        transport.examine();
    }

    /** See {@link TeredoTransport#fireVolley}. */
    public void fireVolley() {
        transport.fireVolley();
    }

    /** How it stands. */
    public TunnelState state() {
        return transport.state();
    }

    /** What happened so far. Blocks, not long. */
    public Optional<ClientCounts> counts() {
        return transport.counts();
    }

    /** The UDP port that it has on this device. */
    public int port() {
        return socket.address().getPort();
    }

    /**
     * Dials a device at its Teredo address, and waits until the link stands or has failed: {@link QuicTimes} and {@link LinkTimes} say how
     * long at most.
     *
     * @param expected the device that must answer, empty for any that is trusted
     */
    public DialResult dial(InetAddress teredo, Optional<DeviceId> expected) {
        return switch (socket.connect(new InetSocketAddress(teredo, PORT))) {
            case ConnectResult.Connected(QuicStream stream) -> connected(stream, expected);
            case ConnectResult.NoWay(String detail) -> new Failed(Kind.UNREACHABLE, detail);
            case ConnectResult.TimedOut(String detail) -> new Failed(Kind.TIMEOUT, detail);
            case ConnectResult.NotTrusted(CertificateException reason) ->
                new Failed(LinkDialler.handshakeKind(reason), LinkDialler.detail(reason));
            case ConnectResult.Refused(String detail, OptionalInt alert) ->
                new Failed(alert.isPresent() ? Kind.OTHER_FLEET : Kind.DECLINED, detail);
        };
    }

    private DialResult connected(QuicStream stream, Optional<DeviceId> expected) {
        try {
            PeerIdentity peer = identify(stream, setup);
            if (expected.isPresent() && !expected.get().equals(peer.device())) {
                stream.close();
                return new Failed(Kind.OTHER_DEVICE, "expected " + expected.get() + ", found " + peer.device());
            }
            return LinkDialler.open(new ConnectedLink(new QuicConnection(stream, peer), setup, true, () -> {}));
        } catch (CertificateException | IOException e) {
            stream.close();
            return new Failed(LinkDialler.handshakeKind(e), LinkDialler.detail(e));
        }
    }

    private static PeerIdentity identify(QuicStream stream, LinkSetup setup) throws CertificateException {
        List<Certificate> shown = stream.certificates();
        return setup.tls().get().trust().identify(shown.toArray(Certificate[]::new));
    }

    private static void take(QuicStream stream, LinkSetup setup) {
        try {
            new ConnectedLink(new QuicConnection(stream, identify(stream, setup)), setup, false, () -> {}).run();
        } catch (CertificateException | IOException e) {
            LinkLog.trouble("a device at " + stream.remote() + " was not accepted: " + e.getMessage());
        } finally {
            stream.close();
        }
    }

    /** Ends its links, and gives the port back. */
    @Override
    public void close() {
        socket.close();
    }
}
