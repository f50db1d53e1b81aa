package dev.byway.origin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Sends one request and gets the head of its answer, on a waiting connection or a new one. Thread-safe. */
final class Exchanger implements AutoCloseable {
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(1);
    private static final long MOST_DRAINED = 16_384;

    /** A connection that has just delivered a head, and is to be read and then given back, or closed. */
    record Exchange(Route route, Connection connection, MessageHead head) {}

    private final Dialer dialer;
    private final ConnectionPool pool;
    private final OriginLimits limits;

    Exchanger(Dialer dialer, OriginLimits limits) {
        this.dialer = dialer;
        this.pool = new ConnectionPool(limits);
        this.limits = limits;
    }

    /**
     * Sends {@code request}. If a waiting connection turns out to be closed by the other side before any byte of an
     * answer, the request is sent once more on a new one (RFC 9110 section 9.2.2: GET is idempotent).
     *
     * @param redirectedBy the server that sent us here, if one did; see {@link InwardRedirect}
     * @throws OriginFailureException when no answer comes
     * @throws HttpSyntaxException when the answer is malformed
     */
    Exchange exchange(
            Route route, URI uri, Optional<InetAddress> redirectedBy, byte[] request, Cancellation cancellation) {
        if (cancellation.cause().isPresent()) {
            throw Failures.interrupted(uri);
        }
        Optional<Connection> waiting = pool.take(route);
        if (waiting.isPresent()) {
            Optional<Exchange> answered = onWaiting(waiting.get(), route, uri, redirectedBy, request, cancellation);
            if (answered.isPresent()) {
                return answered.get();
            }
        }
        Connection fresh = dialer.dial(route, uri, redirectedBy, cancellation);
        try {
            return attempt(fresh, route, request, cancellation);
        } catch (IOException e) {
            throw failed(e, route, uri);
        }
    }

    private Optional<Exchange> onWaiting(
            Connection connection,
            Route route,
            URI uri,
            Optional<InetAddress> redirectedBy,
            byte[] request,
            Cancellation cancellation) {
        long before = connection.source().received();
        try {
            dialer.checkEgress(route, uri, redirectedBy, connection.address());
            return Optional.of(attempt(connection, route, request, cancellation));
        } catch (OriginFailureException e) {
            connection.close();
            throw e;
        } catch (IOException e) {
            boolean stale = connection.source().received() == before
                    && !(e instanceof SocketTimeoutException)
                    && !Thread.currentThread().isInterrupted()
                    && cancellation.cause().isEmpty();
            if (stale) {
                return Optional.empty();
            }
            throw failed(e, route, uri);
        }
    }

    private Exchange attempt(Connection connection, Route route, byte[] request, Cancellation cancellation)
            throws IOException {
        boolean done = false;
        try (Cancellation.Registration _ = cancellation.onCancel(connection::close)) {
            Exchange exchange = new Exchange(route, connection, connection.exchange(request, limits));
            done = true;
            return exchange;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    private OriginFailureException failed(IOException e, Route route, URI uri) {
        return Thread.currentThread().isInterrupted()
                ? Failures.interrupted(uri)
                : Failures.noAnswer(route.shown(), e, limits.firstByte());
    }

    /** Gives back a connection whose answer has been read to its end. */
    void release(Exchange exchange) {
        if (exchange.head.keepsAlive()) {
            pool.put(exchange.route, exchange.connection);
        } else {
            exchange.connection.close();
        }
    }

    /** Is done with an answer whose body nobody wants: a short one is read over to keep the connection. */
    void discard(Exchange exchange) {
        boolean read = false;
        try {
            BodyFraming framing = BodyFraming.of(exchange.head);
            boolean bounded = framing instanceof BodyFraming.Fixed fixed
                    ? fixed.length() <= MOST_DRAINED
                    : framing instanceof BodyFraming.Chunked;
            read = bounded && exchange.head.keepsAlive() && drained(exchange.connection, framing);
        } catch (IOException | HttpSyntaxException _) {
            // then the connection is of no more use
        }
        if (read) {
            release(exchange);
        } else {
            exchange.connection.close();
        }
    }

    private static boolean drained(Connection connection, BodyFraming framing) throws IOException {
        connection.within(LONGEST_DRAIN);
        BodyDecoder decoder = BodyDecoder.of(framing, connection.source());
        byte[] buffer = new byte[4096];
        for (long total = 0; total <= MOST_DRAINED && !decoder.finished(); ) {
            total += Math.max(0, decoder.read(buffer, 0, buffer.length));
        }
        return decoder.finished();
    }

    /** Closes the connections that wait. */
    @Override
    public void close() {
        pool.close();
    }
}
