package dev.byway.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The one stream of a connection: bytes in order, both ways, with a peer that proved the key in its certificate. One thread reads, one
 * writes; both block. Everything else may be called by any thread and returns at once.
 */
public final class QuicStream implements AutoCloseable {
    private final QuicStreamChannel stream;
    private final QuicChannel connection;
    private final InetSocketAddress remote;
    private final List<Certificate> certificates;
    private final StreamInput input;
    private final StreamOutput output;

    QuicStream(QuicStreamChannel stream, InetSocketAddress remote, List<Certificate> certificates) {
        this.stream = stream;
        this.connection = stream.parent();
        this.remote = remote;
        this.certificates = certificates;
        this.input = new StreamInput(stream);
        this.output = new StreamOutput(stream);
    }

    /** Where the peer is, as QUIC sees it; through a tunnel, its address in there. */
    public InetSocketAddress remote() {
        return remote;
    }

    /** What the peer showed, its own certificate first. */
    public List<Certificate> certificates() {
        return certificates;
    }

    /** What the peer says; ends when it says no more. A {@link QuicClosedException} tells why it closed the connection. */
    public InputStream input() {
        return input;
    }

    /** What it is told; each write goes out at once. */
    public OutputStream output() {
        return output;
    }

    /** Tells the peer that nothing more comes. */
    public void closeOutput() {
        stream.shutdownOutput();
    }

    /** Ends the connection; what was written and has not arrived may be lost. */
    @Override
    public void close() {
        input.close();
        connection.close(true, 0, Unpooled.EMPTY_BUFFER);
    }

    void received(Object message) {
        if (message instanceof ByteBuf bytes) {
            input.offer(bytes);
        } else if (message instanceof ReferenceCounted other) {
            other.release();
        }
    }

    void ended(Optional<IOException> why) {
        input.end(why);
    }
}
