package dev.byway.quic;

import dev.byway.quic.transport.DatagramTransport;
import dev.byway.quic.transport.TransportHandler;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.quic.QuicChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The connections of a socket, by peer, so that a way is kept open as long as there is one over it, and that they end with it. Also how
 * many there may be: one peer gets a few, and those that have not yet shown who they are have a limit of their own. The event loop
 * only.
 */
final class Connections implements TransportHandler.Connections {
    /** Of one peer. Two devices keep one, and for a moment two when both dial. */
    static final int PER_PEER = 4;

    /** Taken, but not yet shown to be anybody. */
    static final int HALF_WAY = 64;

    /** In all: more than there are links at the most, 400. */
    static final int IN_ALL = 512;

    private final DatagramTransport transport;
    private final Map<InetSocketAddress, Set<QuicChannel>> byPeer = new HashMap<>();
    private final Set<QuicChannel> halfWay = new HashSet<>();
    private int count;

    Connections(DatagramTransport transport) {
        this.transport = transport;
    }

    /** A connection begins; false when there is no room for it. */
    boolean add(InetSocketAddress peer, QuicChannel connection, boolean dialledHere) {
        Set<QuicChannel> same = byPeer.getOrDefault(peer, Set.of());
        if (count >= IN_ALL || same.size() >= PER_PEER || (!dialledHere && halfWay.size() >= HALF_WAY)) {
            return false;
        }
        if (same.isEmpty()) {
            transport.keep(peer);
        }
        byPeer.computeIfAbsent(peer, _ -> new HashSet<>()).add(connection);
        count++;
        if (!dialledHere) {
            halfWay.add(connection);
        }
        connection.closeFuture().addListener(_ -> remove(peer, connection));
        return true;
    }

    /** It is known who is there. */
    void proved(QuicChannel connection) {
        halfWay.remove(connection);
    }

    boolean isHalfWay(QuicChannel connection) {
        return halfWay.contains(connection);
    }

    private void remove(InetSocketAddress peer, QuicChannel connection) {
        halfWay.remove(connection);
        Set<QuicChannel> same = byPeer.get(peer);
        if (same != null && same.remove(connection)) {
            count--;
            if (same.isEmpty()) {
                byPeer.remove(peer);
                transport.release(peer);
            }
        }
    }

    @Override
    public void lost(InetSocketAddress peer) {
        List.copyOf(byPeer.getOrDefault(peer, Set.of())).forEach(Connections::end);
    }

    @Override
    public void moved() {
        List<QuicChannel> all = new ArrayList<>();
        byPeer.values().forEach(all::addAll);
        all.forEach(Connections::end);
    }

    private static void end(QuicChannel connection) {
        connection.close(true, 0, Unpooled.EMPTY_BUFFER);
    }
}
