package dev.byway.agent.link;

import dev.byway.agent.identity.PeerTls;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.FrameAssembler;
import dev.byway.core.wire.FrameCodec;
import dev.byway.core.wire.FrameSink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The other end of a link under a test's full control: real TLS, then whatever bytes the test wants. */
final class RawPeer implements AutoCloseable {
    static final Frame.Hello HELLO = new Frame.Hello(0, 0, "raw", "");

    private final Socket tcp;
    private final SSLSocket tls;
    private final FrameAssembler assembler = new FrameAssembler();
    private final Deque<Frame> arrived = new ArrayDeque<>();

    private RawPeer(Socket tcp, SSLSocket tls) {
        this.tcp = tcp;
        this.tls = tls;
    }

    static RawPeer dial(InetSocketAddress address, PeerTls peerTls) throws IOException {
        return dial(address, peerTls.newContext(), peerTls.parameters());
    }

    static RawPeer dial(InetSocketAddress address, SSLContext context, SSLParameters parameters) throws IOException {
        Socket tcp = new Socket(address.getAddress(), address.getPort());
        tcp.setSoTimeout((int) Recorder.PATIENCE.toMillis());
        SSLSocket tls = (SSLSocket) context.getSocketFactory()
                .createSocket(tcp, address.getAddress().getHostAddress(), address.getPort(), true);
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return new RawPeer(tcp, tls);
    }

    RawPeer hello() throws IOException {
        say(HELLO);
        return this;
    }

    void say(Frame... frames) throws IOException {
        for (Frame frame : frames) {
            ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.encodedSize(frame));
            FrameCodec.encode(frame, bytes);
            send(bytes.array());
        }
    }

    void send(byte... bytes) throws IOException {
        tls.getOutputStream().write(bytes);
    }

    /** The next frame, empty when the other end has closed. */
    Optional<Frame> read() throws IOException {
        byte[] buffer = new byte[4096];
        while (arrived.isEmpty()) {
            int n = tls.getInputStream().read(buffer);
            if (n < 0) {
                return Optional.empty();
            }
            assembler.offer(buffer, 0, n, new FrameSink() {
                @Override
                public void frame(Frame frame) {
                    arrived.add(frame);
                }

                @Override
                public void skipped(int type) {}
            });
        }
        return Optional.of(arrived.remove());
    }

    SSLSocket tls() {
        return tls;
    }

    /** As if the machine lost power and came back: the connection is reset. */
    void kill() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
