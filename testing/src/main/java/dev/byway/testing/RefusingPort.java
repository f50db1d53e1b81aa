package dev.byway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of 127.0.0.1 where nobody listens, and that nobody else can be given meanwhile: a port that was let go might
 * be another program's a moment later.
 */
public final class RefusingPort implements AutoCloseable {
    private final Socket held;

    private RefusingPort(Socket held) {
        this.held = held;
    }

    public static RefusingPort open() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        return new RefusingPort(socket);
    }

    /** {@code 127.0.0.1:port}. */
    public String hostAndPort() {
        return "127.0.0.1:" + held.getLocalPort();
    }

    @Override
    public void close() {
        Ends.close(held);
    }
}
