package dev.byway.e2e.hostile;

import dev.byway.agent.identity.PeerTls;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.FrameAssembler;
import dev.byway.core.wire.FrameCodec;
import dev.byway.core.wire.FrameSink;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/** A connection with proper TLS on which any bytes can be said. One thread reads; any may write. */
public final class HostileLink implements AutoCloseable {
    private final Socket tcp;
    private final SSLSocket tls;

    private HostileLink(Socket tcp, SSLSocket tls) {
        this.tcp = tcp;
        this.tls = tls;
    }

    /** Shakes hands over {@code tcp} as {@code identity}. */
    public static HostileLink over(Socket tcp, PeerTls identity, boolean dialled) throws IOException {
        SSLSocket tls = (SSLSocket) identity.newContext()
                .getSocketFactory()
                .createSocket(tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort(), true);
        tls.setUseClientMode(dialled);
        tls.setSSLParameters(identity.parameters());
        tls.startHandshake();
        return new HostileLink(tcp, tls);
    }

    /** Sends one frame. */
    public void say(Frame frame) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.encodedSize(frame));
        FrameCodec.encode(frame, bytes);
        send(bytes.array());
    }

    synchronized void send(byte... bytes) throws IOException {
        OutputStream out = tls.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Gives every frame of the peer to {@code take}, until the peer is gone. */
    public void listen(Consumer<Frame> take) throws IOException {
        FrameAssembler frames = new FrameAssembler();
        FrameSink sink = new FrameSink() {
            @Override
            public void frame(Frame frame) {
                take.accept(frame);
            }

            @Override
            public void skipped(int type) {}
        };
        byte[] buffer = new byte[1 << 14];
        for (int n = tls.getInputStream().read(buffer);
                n >= 0;
                n = tls.getInputStream().read(buffer)) {
            frames.offer(buffer, 0, n, sink);
        }
    }

    /** Cuts the connection without a word. */
    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
