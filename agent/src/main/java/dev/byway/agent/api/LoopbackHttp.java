package dev.byway.agent.api;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * As much of HTTP/1.1 as one of our programs needs to speak to another on the same machine: the JDK's clients cost a short
 * command a tenth of a second before the first byte. One request at a time on each connection; a few idle connections
 * are kept. No proxy, no redirect, no name lookup. Any thread.
 */
final class LoopbackHttp implements AutoCloseable {
    private static final int MAX_IDLE = 4;
    private static final Duration IDLE_LIFE = Duration.ofSeconds(10);
    private static final int CONNECT_MILLIS = 2_000;

    /** Reads a body. */
    interface Reader<T> {
        T read(HttpResponse response) throws IOException;
    }

    private record Connection(Socket socket, InputStream in, long since) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private final InetSocketAddress address;
    private final String host;
    private final Secret token;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    LoopbackHttp(String url, Secret token) {
        URI uri = URI.create(url);
        this.host = uri.getHost() + ":" + uri.getPort();
        String name = uri.getHost().equalsIgnoreCase("localhost") ? "127.0.0.1" : uri.getHost();
        this.address = new InetSocketAddress(InetAddress.ofLiteral(name.replaceAll("[\\[\\]]", "")), uri.getPort());
        this.token = token;
    }

    /**
     * Sends a request and reads the answer.
     *
     * @param extra a further header line without its line break, or empty text
     * @param timeout longest silence
     * @throws IOException when the agent cannot be reached or goes away meanwhile
     */
    <T> T send(String method, String target, String extra, byte[] body, Duration timeout, Reader<T> reader)
            throws IOException {
        Optional<Connection> kept = method.equals("GET") ? takeIdle() : Optional.empty();
        if (kept.isPresent()) {
            try {
                return send(kept.get(), method, target, extra, body, timeout, reader);
            } catch (StaleConnectionException e) {
                // The server closed it while it was idle; the request goes out once more.
            }
        }
        return send(connect(), method, target, extra, body, timeout, reader);
    }

    private <T> T send(
            Connection connection,
            String method,
            String target,
            String extra,
            byte[] body,
            Duration timeout,
            Reader<T> reader)
            throws IOException {
        boolean reusable = false;
        try {
            HttpResponse response = head(connection, method, target, extra, body, timeout);
            InputStream whole = new BodyStream(response.body(), response.length());
            T value = reader.read(new HttpResponse(response.status(), response.length(), response.keepAlive(), whole));
            reusable = response.keepAlive() && whole.read() < 0;
            return value;
        } finally {
            if (reusable) {
                keep(connection);
            } else {
                connection.close();
            }
        }
    }

    private HttpResponse head(
            Connection connection, String method, String target, String extra, byte[] body, Duration timeout)
            throws IOException {
        connection.socket().setSoTimeout(Math.toIntExact(timeout.toMillis()));
        String head = method + " " + target + " HTTP/1.1\r\nHost: " + host
                + "\r\nAuthorization: Bearer " + token.reveal()
                + "\r\nContent-Length: " + body.length
                + "\r\n" + (extra.isEmpty() ? "" : extra + "\r\n") + "\r\n";
        try {
            byte[] text = head.getBytes(StandardCharsets.ISO_8859_1);
            byte[] message = new byte[text.length + body.length];
            System.arraycopy(text, 0, message, 0, text.length);
            System.arraycopy(body, 0, message, text.length, body.length);
            connection.socket().getOutputStream().write(message);
            connection.in().mark(1);
            if (connection.in().read() < 0) {
                throw new IOException("the agent closed the connection");
            }
            connection.in().reset();
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new StaleConnectionException(e);
        }
        return HttpResponse.read(connection.in());
    }

    private Connection connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, CONNECT_MILLIS);
            return new Connection(socket, new BufferedInputStream(socket.getInputStream()), System.nanoTime());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private synchronized Optional<Connection> takeIdle() throws IOException {
        while (!idle.isEmpty()) {
            Connection connection = idle.removeLast();
            if (System.nanoTime() - connection.since() < IDLE_LIFE.toNanos()) {
                return Optional.of(connection);
            }
            connection.close();
        }
        return Optional.empty();
    }

    private synchronized void keep(Connection connection) throws IOException {
        if (closed || idle.size() == MAX_IDLE) {
            connection.close();
        } else {
            idle.addLast(new Connection(connection.socket(), connection.in(), System.nanoTime()));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        while (!idle.isEmpty()) {
            idle.removeLast().close();
        }
    }

    /** A connection ended before the first byte of an answer. */
    private static final class StaleConnectionException extends IOException {
        StaleConnectionException(IOException cause) {
            super("the agent closed the connection: " + cause.getMessage(), cause);
        }
    }
}
