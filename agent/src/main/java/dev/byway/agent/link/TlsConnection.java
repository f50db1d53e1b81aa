package dev.byway.agent.link;

import dev.byway.agent.identity.PeerTls;
import dev.byway.core.fleet.PeerIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;
import javax.net.ssl.SSLSocket;

/**
 * A TLS connection whose handshake is done and whose peer is known. Closing goes to the TCP socket below, never to the TLS
 * socket, whose close waits for a write in progress.
 */
final class TlsConnection implements LinkConnection {
    /** The other end speaks TLS but not Byway. */
    static final class NotByway extends SSLProtocolException {
        NotByway(String message) {
            super(message);
        }
    }

    private final Socket tcp;
    private final SSLSocket tls;
    private final BulkSocket below;
    private final InetSocketAddress remote;
    private final PeerIdentity peer;

    private TlsConnection(Socket tcp, SSLSocket tls, BulkSocket below, PeerIdentity peer) {
        this.tcp = tcp;
        this.tls = tls;
        this.below = below;
        this.remote = (InetSocketAddress) tcp.getRemoteSocketAddress();
        this.peer = peer;
    }

    /**
     * Shakes hands over a connected socket. Blocks without a limit: close {@code tcp} to end it.
     *
     * @throws IOException when either side does not accept the other; the peer was told by an alert, and {@code tcp} is the
     *     caller's to close, see {@link Sockets#hangUp}
     */
    static TlsConnection handshake(Socket tcp, PeerTls peerTls, boolean dialledHere) throws IOException {
        tcp.setTcpNoDelay(true);
        BulkSocket below = new BulkSocket(tcp);
        SSLSocket tls = (SSLSocket) peerTls.newContext()
                .getSocketFactory()
                .createSocket(below, tcp.getInetAddress().getHostAddress(), tcp.getPort(), false);
        tls.setUseClientMode(dialledHere);
        tls.setSSLParameters(peerTls.parameters());
        tls.startHandshake();
        if (!PeerTls.PROTOCOL.equals(tls.getApplicationProtocol())) {
            throw new NotByway("the other end does not speak " + PeerTls.PROTOCOL);
        }
        try {
            return new TlsConnection(
                    tcp, tls, below, peerTls.trust().identify(tls.getSession().getPeerCertificates()));
        } catch (CertificateException e) {
            throw new IOException("the peer's certificate is not accepted any more", e);
        }
    }

    @Override
    public PeerIdentity peer() {
        return peer;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InputStream input() throws IOException {
        return new WholeRecords(tls.getInputStream(), below.getInputStream());
    }

    @Override
    public OutputStream output() throws IOException {
        return new FullRecords(tls.getOutputStream(), below.getOutputStream());
    }

    @Override
    public boolean hasSystemBuffer() {
        return true;
    }

    @Override
    public void holdAtMost(int bytes) throws IOException {
        tcp.setSendBufferSize(bytes);
    }

    @Override
    public void closeOutput() throws IOException {
        tls.shutdownOutput();
    }

    @Override
    public void hangUp(Duration grace) {
        Sockets.hangUp(tcp, grace);
    }

    @Override
    public void closeAfter(Duration time) {
        Deadline.closing(tcp, time);
    }

    @Override
    public LinkEnd meaning(IOException failure) {
        Optional<String> alert =
                failure instanceof SSLException tlsFailure ? TlsAlert.received(tlsFailure) : Optional.empty();
        return alert.<LinkEnd>map(LinkEnd.Refused::new)
                .orElseGet(() -> new LinkEnd.Lost(String.valueOf(failure.getMessage())));
    }
}
