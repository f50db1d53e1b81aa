package dev.byway.origin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Connections that wait for their next request, the most recently used first. While there are any, one virtual thread
 * closes those that have waited too long. Thread-safe.
 */
final class ConnectionPool implements AutoCloseable {
    /** Connections kept in all. */
    static final int MAX_IDLE = 32;

    private record Idle(Route route, Connection connection, long sinceNanos) {}

    private final long keepNanos;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean sweeping;
    private boolean closed;

    ConnectionPool(OriginLimits limits) {
        this.keepNanos = limits.idle().toNanos();
    }

    /** A connection that leads along {@code route}; it is the caller's now. */
    synchronized Optional<Connection> take(Route route) {
        for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
            Idle candidate = each.next();
            if (candidate.route.equals(route)) {
                each.remove();
                candidate.connection.markReused();
                return Optional.of(candidate.connection);
            }
        }
        return Optional.empty();
    }

    /** Takes over a connection on which nothing is under way. */
    synchronized void put(Route route, Connection connection) {
        if (closed || connection.source().hasBuffered()) {
            connection.close();
            return;
        }
        idle.addFirst(new Idle(route, connection, System.nanoTime()));
        if (idle.size() > MAX_IDLE) {
            idle.removeLast().connection.close();
        }
        if (!sweeping) {
            sweeping = true;
            Thread.ofVirtual().name("origin-idle").start(this::sweepUntilEmpty);
        }
    }

    /** How many wait. */
    synchronized int size() {
        return idle.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(entry -> entry.connection.close());
        idle.clear();
        notifyAll();
    }

    private synchronized void sweepUntilEmpty() {
        try {
            while (!idle.isEmpty()) {
                long left = keepNanos - (System.nanoTime() - idle.getLast().sinceNanos);
                if (left <= 0) {
                    idle.removeLast().connection.close();
                } else {
                    wait(left / 1_000_000 + 1);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            sweeping = false;
        }
    }
}
