package dev.byway.origin;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * An open connection to an origin or proxy. One thread uses it at a time; any thread may close it, which unblocks that
 * one.
 */
final class Connection implements Closeable {
    /** Interim (1xx) answers that are read over before the real one. */
    private static final int MAX_INTERIM = 10;

    private final Socket tcp;
    private final TimedInput in;
    private final OutputStream out;
    private final BufferedSource source;
    private boolean reused;

    /**
     * A connection over {@code tcp}.
     *
     * @param stream what carries the bytes: {@code tcp} itself or TLS on it
     */
    Connection(Socket tcp, Socket stream) throws IOException {
        this.tcp = tcp;
        this.in = new TimedInput(stream);
        this.out = stream.getOutputStream();
        this.source = new BufferedSource(in);
    }

    /** The address that was connected to. */
    InetAddress address() {
        return tcp.getInetAddress();
    }

    BufferedSource source() {
        return source;
    }

    /** Whether it has carried a request before, so that the other side may have closed it meanwhile. */
    boolean reused() {
        return reused;
    }

    void markReused() {
        reused = true;
    }

    /**
     * Sends a request and reads the head of the answer, interim answers skipped.
     *
     * @throws IOException also when the connection ends instead of an answer
     */
    MessageHead exchange(byte[] request, OriginLimits limits) throws IOException {
        in.within(limits.firstByte());
        out.write(request);
        out.flush();
        for (int i = 0; i <= MAX_INTERIM; i++) {
            MessageHead parsed = MessageHead.parse(source.readHead(limits.headBytes()), limits.headerFields());
            if (parsed.status() >= 200 || parsed.status() == 101) {
                in.eachWithin(limits.stall());
                return parsed;
            }
        }
        throw new HttpSyntaxException("more than " + MAX_INTERIM + " interim answers came");
    }

    /** Bounds the reads that follow, all together. */
    void within(Duration time) {
        in.within(time);
    }

    /** Closes at once: no TLS farewell, nothing drained. */
    @Override
    public void close() {
        closeAtOnce(tcp);
    }

    static void closeAtOnce(Closeable socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is gone either way
        }
    }
}
