package dev.byway.quic.teredo;

import dev.byway.core.unit.Moment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The open ways, found by either end of them. As many as there is room for; those not heard of for long make room first. */
final class Ways {
    private final int most;
    private final Duration forgotten;
    private final Map<InetSocketAddress, Way> byPeer = new HashMap<>();
    private final Map<InetSocketAddress, Way> byPlace = new HashMap<>();

    Ways(int most, Duration forgotten) {
        this.most = most;
        this.forgotten = forgotten;
    }

    /** Adds a way, in place of the one to the same peer; false when there is no room. */
    boolean add(Way way, Moment now) {
        remove(way.inner());
        if (byPeer.size() >= most) {
            byPeer.values().stream()
                    .filter(old -> old.heard().plus(forgotten).isBefore(now))
                    .toList()
                    .forEach(old -> remove(old.inner()));
        }
        if (byPeer.size() >= most) {
            return false;
        }
        byPeer.put(way.inner(), way);
        byPlace.put(way.outer(), way);
        return true;
    }

    void remove(InetSocketAddress inner) {
        Way old = byPeer.remove(inner);
        if (old != null) {
            byPlace.remove(old.outer(), old);
        }
    }

    /** The way to the peer that QUIC knows so. */
    Optional<Way> to(InetSocketAddress inner) {
        return Optional.ofNullable(byPeer.get(inner));
    }

    /** The way that leads where the socket has received from. */
    Optional<Way> from(InetSocketAddress outer) {
        return Optional.ofNullable(byPlace.get(outer));
    }

    void clear() {
        byPeer.clear();
        byPlace.clear();
    }
}
