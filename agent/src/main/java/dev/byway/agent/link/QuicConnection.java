package dev.byway.agent.link;

import dev.byway.core.fleet.PeerIdentity;
import dev.byway.quic.QuicClosedException;
import dev.byway.quic.QuicStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A connection of QUIC whose peer is known. */
final class QuicConnection implements LinkConnection {
    private static final int UNREAD = 4096;

    private final QuicStream stream;
    private final PeerIdentity peer;

    QuicConnection(QuicStream stream, PeerIdentity peer) {
        this.stream = stream;
        this.peer = peer;
    }

    @Override
    public PeerIdentity peer() {
        return peer;
    }

    @Override
    public InetSocketAddress remote() {
        return stream.remote();
    }

    @Override
    public InputStream input() {
        return stream.input();
    }

    @Override
    public OutputStream output() {
        return stream.output();
    }

    /** A stream's buffer is Byway's own, and small. */
    @Override
    public boolean hasSystemBuffer() {
        return false;
    }

    @Override
    public void holdAtMost(int bytes) {}

    @Override
    public void closeOutput() {
        stream.closeOutput();
    }

    /** Closing a connection of QUIC throws away what has not arrived. So this reads on until the other end has closed its half. */
    @Override
    public void hangUp(Duration grace) {
        stream.closeOutput();
        try (Deadline deadline = Deadline.closing(stream::close, grace)) {
            byte[] unread = new byte[UNREAD];
            while (!deadline.passed() && stream.input().read(unread) >= 0) {
                // What comes now is of no interest.
            }
        } catch (IOException e) {
            // Closed already, by either side.
        } finally {
            stream.close();
        }
    }

    @Override
    public void closeAfter(Duration time) {
        Deadline.closing(stream::close, time);
    }

    @Override
    public LinkEnd meaning(IOException failure) {
        return failure instanceof QuicClosedException closed && closed.alert().isPresent()
                ? new LinkEnd.Refused(TlsAlert.name(closed.alert().getAsInt()))
                : new LinkEnd.Lost(String.valueOf(failure.getMessage()));
    }
}
