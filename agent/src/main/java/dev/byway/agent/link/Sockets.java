package dev.byway.agent.link;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** Closing sockets that may be broken already. */
final class Sockets {
    private static final int DRAIN = 4096;

    private Sockets() {}

    static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LinkLog.trouble("closing a socket: " + e.getMessage());
        }
    }

    /**
     * Closes so that the last words arrive: TCP resets a connection that is closed with bytes unread, and the other end may
     * then lose what it has not read yet. So this reads on until the other end has closed too, or {@code grace} is over.
     */
    static void hangUp(Socket tcp, Duration grace) {
        try (Deadline deadline = Deadline.closing(tcp, grace)) {
            tcp.shutdownOutput();
            byte[] unread = new byte[DRAIN];
            while (!deadline.passed() && tcp.getInputStream().read(unread) >= 0) {
                // What comes now is of no interest.
            }
        } catch (IOException e) {
            // Closed already, by either side.
        } finally {
            close(tcp);
        }
    }
}
