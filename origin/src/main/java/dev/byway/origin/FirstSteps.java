package dev.byway.origin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** The first steps to any server, for the doctor: its name, a connection. Each waits for {@link #STEP} at most. */
public final class FirstSteps {
    /** The longest that a step takes. */
    public static final Duration STEP = Duration.ofSeconds(3);

    private static final Lookup NAMES = new Lookup(NameResolver.SYSTEM);

    private FirstSteps() {}

    /**
     * The addresses of a name, or of itself.
     *
     * @throws UnknownHostException when there are none in time; its message is for people
     */
    public static List<InetAddress> addresses(String host) throws UnknownHostException {
        try {
            return NAMES.addresses(host, STEP, new Cancellation());
        } catch (OriginFailureException e) {
            throw new UnknownHostException(e.getMessage());
        }
    }

    /**
     * A connection to the first of them that answers. Reads from it wait for {@link #STEP}.
     *
     * @throws SocketTimeoutException when none answers at all; its message is for people, as are those of others
     * @throws ConnectException when the first answers that nothing listens there
     */
    public static Socket connect(List<InetAddress> addresses, int port) throws IOException {
        String where = addresses.getFirst().getHostAddress() + ", TCP " + port;
        try {
            Socket socket = new ConnectRace(addresses, port, STEP).run();
            socket.setSoTimeout((int) STEP.toMillis());
            return socket;
        } catch (IOException e) {
            throw told(e, where);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while connecting to " + where, e);
        }
    }

    private static IOException told(IOException e, String where) {
        String words = String.valueOf(e.getMessage());
        IOException told = e instanceof SocketTimeoutException
                ? new SocketTimeoutException("no answer from " + where + " within " + Failures.seconds(STEP))
                : e instanceof ConnectException && words.contains("refused")
                        ? new ConnectException(where + ": connection refused")
                        : new IOException(where + ": " + words);
        told.initCause(e);
        return told;
    }
}
