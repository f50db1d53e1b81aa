package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The intents of the neighbours: who says that it fetches which piece from outside, and until when we believe it.
 *
 * <p>An intent only ever makes us wait with our own fetch of that piece. What a liar can cost is bounded three times: a
 * few leases at once, each for a few times what a piece has been taking, and after some that brought nothing its intents
 * count no more.
 */
final class Leases {
    private final Tuning tuning;
    private final Map<Integer, Lease> byPiece = new HashMap<>();

    private record Lease(SourceState peer, Moment since, Moment expires, Moment bound) {}

    Leases(Tuning tuning) {
        this.tuning = tuning;
    }

    /**
     * A peer claims a piece.
     *
     * @param usual what a piece takes from outside at present
     */
    void claim(SourceState peer, int piece, Duration lease, Duration usual, Moment now) {
        Lease before = byPiece.get(piece);
        if (before != null && before.peer() != peer && before.expires().isAfter(now)) {
            return;
        }
        if (peer.brokenLeases >= tuning.strikes()) {
            return;
        }
        Duration most = longest(usual);
        Duration granted = lease.compareTo(most) < 0 ? lease : most;
        if (before != null && before.peer() == peer) {
            Moment expires = Moment.min(now.plus(granted), before.bound());
            byPiece.put(piece, new Lease(peer, before.since(), expires, before.bound()));
        } else if (held(peer) < tuning.leasesPerPeer()) {
            byPiece.put(piece, new Lease(peer, now, now.plus(granted), now.plus(most.multipliedBy(3))));
        }
    }

    /** The longest believable lease: four times what a piece has been taking, at least 3 s, within the limit. */
    Duration longest(Duration usual) {
        Duration wish = usual.multipliedBy(4);
        Duration floor = Duration.ofSeconds(3);
        Duration most = wish.compareTo(floor) > 0 ? wish : floor;
        return most.compareTo(tuning.maxLease()) < 0 ? most : tuning.maxLease();
    }

    /** A peer gives a piece up. */
    void giveUp(SourceState peer, int piece) {
        byPiece.computeIfPresent(piece, (p, lease) -> lease.peer() == peer ? null : lease);
    }

    /** A peer brought what it claimed; how long it took, zero when it had not claimed it. */
    Duration kept(SourceState peer, int piece, Moment now) {
        Lease lease = byPiece.get(piece);
        if (lease == null || lease.peer() != peer) {
            return Duration.ZERO;
        }
        byPiece.remove(piece);
        return now.since(lease.since());
    }

    void forget(SourceState peer) {
        byPiece.values().removeIf(lease -> lease.peer() == peer);
    }

    /** Drops leases that ran out and returns the peers that broke them, once for each lease. */
    List<SourceState> expire(Moment now) {
        List<SourceState> broken = new ArrayList<>();
        for (Iterator<Lease> all = byPiece.values().iterator(); all.hasNext(); ) {
            Lease lease = all.next();
            if (!lease.expires().isAfter(now)) {
                all.remove();
                broken.add(lease.peer());
            }
        }
        broken.sort(Comparator.comparing(peer -> peer.id));
        return broken;
    }

    boolean isLeased(int piece) {
        return byPiece.containsKey(piece);
    }

    /** Who claims a piece. */
    Optional<SourceState> holder(int piece) {
        return Optional.ofNullable(byPiece.get(piece)).map(Lease::peer);
    }

    /** Those of {@code peers} that claim something. */
    List<SourceState> holders(List<SourceState> peers) {
        return peers.stream().filter(peer -> held(peer) > 0).toList();
    }

    int count() {
        return byPiece.size();
    }

    /** Leases that a peer has. */
    int held(SourceState peer) {
        int held = 0;
        for (Lease lease : byPiece.values()) {
            held += lease.peer() == peer ? 1 : 0;
        }
        return held;
    }

    /** When the first lease runs out; the end of time when there is none. */
    Moment firstExpiry() {
        Moment first = new Moment(Long.MAX_VALUE);
        for (Lease lease : byPiece.values()) {
            first = Moment.min(first, lease.expires());
        }
        return first;
    }
}
