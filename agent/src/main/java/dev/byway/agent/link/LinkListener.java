package dev.byway.agent.link;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes links from other devices on one TCP port. One virtual thread accepts, each connection has another for its handshake,
 * which becomes the link's reader. Closing it ends neither the links nor their threads.
 */
public final class LinkListener implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final long BREATH_MILLIS = 100;

    private final ServerSocket server;
    private final LinkSetup setup;
    private final HandshakeGate gate = new HandshakeGate();
    private final AtomicLong turnedAway = new AtomicLong();

    private LinkListener(ServerSocket server, LinkSetup setup) {
        this.server = server;
        this.setup = setup;
    }

    /**
     * Starts to listen.
     *
     * @param address local address, as setting {@code peer.address} has it; the wildcard address for all
     * @param port setting {@code peer.port}; 0 for any free one
     */
    public static ListenResult listen(InetAddress address, int port, LinkSetup setup) {
        try {
            ServerSocket server = new ServerSocket();
            try {
                server.bind(new InetSocketAddress(address, port), BACKLOG);
            } catch (IOException e) {
                Sockets.close(server);
                return notBound(port, e);
            }
            LinkListener listener = new LinkListener(server, setup);
            Thread.ofVirtual().name("byway-link-accept").start(listener::accept);
            return new ListenResult.Listening(listener);
        } catch (IOException e) {
            return new ListenResult.Unusable("cannot listen on " + address.getHostAddress() + ": " + e.getMessage());
        }
    }

    private static ListenResult notBound(int port, IOException e) {
        String text = String.valueOf(e.getMessage());
        if (e instanceof BindException && text.toLowerCase(Locale.ROOT).contains("in use")) {
            return new ListenResult.PortTaken(port, PortHolder.find(port));
        }
        return new ListenResult.Unusable("cannot listen on port " + port + ": " + text);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** Connections that were closed unheard because their address had too many half-way ones. */
    public long turnedAway() {
        return turnedAway.get();
    }

    /** Connections accepted that are not links yet. */
    int halfWay() {
        return gate.count();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket tcp = server.accept();
                if (server.isClosed()) {
                    Sockets.close(tcp);
                    return;
                }
                Thread.ofVirtual().name("byway-link-reader").start(() -> take(tcp));
            } catch (IOException e) {
                breathe(e);
            }
        }
    }

    /** Too many open files, most likely: some will be closed in a while. */
    private void breathe(IOException e) {
        if (server.isClosed()) {
            return;
        }
        LinkLog.trouble("cannot accept links: " + e.getMessage());
        try {
            Thread.sleep(BREATH_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Socket tcp) {
        Optional<HandshakeGate.Pass> pass = gate.admit(tcp.getInetAddress(), tcp);
        if (pass.isEmpty()) {
            turnedAway.incrementAndGet();
            Sockets.close(tcp);
            return;
        }
        try (HandshakeGate.Pass held = pass.get()) {
            shakeHands(tcp, held::close)
                    .ifPresentOrElse(
                            ConnectedLink::run,
                            () -> Sockets.hangUp(tcp, setup.times().grace()));
        } finally {
            Sockets.close(tcp);
        }
    }

    private Optional<ConnectedLink> shakeHands(Socket tcp, Runnable whenOpen) {
        try (Deadline deadline = Deadline.closing(tcp, setup.times().handshake())) {
            try {
                TlsConnection connection =
                        TlsConnection.handshake(tcp, setup.tls().get(), false);
                return Optional.of(new ConnectedLink(connection, setup, false, whenOpen));
            } catch (IOException e) {
                LinkLog.stranger(tcp, deadline.passed() ? "no handshake in time" : e.getMessage());
                return Optional.empty();
            }
        }
    }

    /** Takes no more links; those that stand go on. */
    @Override
    public void close() {
        Sockets.close(server);
    }
}
