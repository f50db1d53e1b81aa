package dev.byway.agent.link;

import java.io.Closeable;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * How many connections may be half-way: accepted, but not yet shown to be a peer. Such a connection costs its sender nothing
 * and this device memory, so there are two limits. One address gets a few; beyond them its new ones are refused. In all there
 * are some more; beyond them the oldest gives way to the newest, because an honest handshake takes milliseconds while a
 * flood's stay until their time is over, so the oldest is most likely the flood's. An IPv6 address counts as its /64, which
 * one host may have to itself. Any thread.
 */
final class HandshakeGate {
    /** Half-way connections in all. */
    static final int IN_ALL = 64;

    /** Half-way connections of one address. */
    static final int PER_ADDRESS = 16;

    private static final int SITE_BYTES = 8;

    /** Leave to be half-way; closed when the connection is no longer. */
    final class Pass implements AutoCloseable {
        private final Closeable connection;
        private final byte[] address;

        private Pass(Closeable connection, byte[] address) {
            this.connection = connection;
            this.address = address;
        }

        @Override
        public void close() {
            leave(this);
        }
    }

    private final Deque<Pass> halfWay = new ArrayDeque<>();

    /** Lets a connection in, at the price of the oldest one if need be; empty when its address has enough. */
    Optional<Pass> admit(InetAddress address, Closeable connection) {
        Pass pass = new Pass(connection, key(address));
        Optional<Pass> oldest;
        synchronized (halfWay) {
            long same = halfWay.stream()
                    .filter(other -> Arrays.equals(other.address, pass.address))
                    .count();
            if (same >= PER_ADDRESS) {
                return Optional.empty();
            }
            oldest = halfWay.size() >= IN_ALL ? Optional.ofNullable(halfWay.poll()) : Optional.empty();
            halfWay.add(pass);
        }
        oldest.ifPresent(victim -> Sockets.close(victim.connection));
        return Optional.of(pass);
    }

    private void leave(Pass pass) {
        synchronized (halfWay) {
            halfWay.remove(pass);
        }
    }

    int count() {
        synchronized (halfWay) {
            return halfWay.size();
        }
    }

    private static byte[] key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? Arrays.copyOf(bytes, SITE_BYTES) : bytes;
    }
}
