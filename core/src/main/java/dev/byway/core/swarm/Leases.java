package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The intents of the neighbours: who says that it fetches which piece for others too, and until when we believe it.
 *
 * <p>An intent only ever makes us wait with our own fetch of that piece. What a liar can cost is bounded three times: a
 * few leases at once, each for a few times what a piece has been taking (renewed only for those who kept one), and after
 * some that brought nothing its intents count no more.
 */
final class Leases {
    /** Leases are counted apart by where the piece comes from, and whether word of them is first-hand. */
    static final int KINDS = 4;

    private static final Duration SHORTEST_OUTSIDE = Duration.ofSeconds(3);

    /** Lines between sites are shared by more than what is seen here. */
    private static final Duration SHORTEST_OTHER_SITE = Duration.ofSeconds(6);

    private final Tuning tuning;
    private final Map<Integer, Lease> byPiece = new HashMap<>();
    private final int[] counts = new int[KINDS];
    private Optional<Moment> soonest = Optional.empty();

    private record Lease(SourceState peer, From from, boolean relayed, Moment since, Moment expires, Moment bound) {
        /** Whether it lets a later one for the same piece pass: word of the same site counts more, and first-hand word. */
        boolean yieldsTo(SourceState other, boolean otherIsRelayed, Moment now) {
            return peer == other
                    || !expires.isAfter(now)
                    || (!peer.isNear() && other.isNear())
                    || (relayed && !otherIsRelayed);
        }

        /** Whether somebody of our site still fetches it for us when a device of another site comes to hold it. */
        boolean outlasts(SourceState holder) {
            return peer.isNear() && !holder.isNear() && !(relayed && from == From.OUTSIDE);
        }
    }

    /** A neighbour did what it said. */
    record Kept(From from, Duration took) {}

    Leases(Tuning tuning) {
        this.tuning = tuning;
    }

    /**
     * A peer claims a piece; whether it is believed.
     *
     * @param from where it seems to fetch it from
     * @param relayed on behalf of a neighbour of its own
     * @param usual what a piece takes from there at present
     */
    boolean claim(SourceState peer, int piece, From from, Duration lease, boolean relayed, Duration usual, Moment now) {
        Lease before = byPiece.get(piece);
        if (before != null && !before.yieldsTo(peer, relayed, now)) {
            return false;
        }
        if (peer.refuses
                || peer.conduct.brokenLeases >= tuning.strikes()
                || (relayed && peer.conduct.brokenRelays >= 4 * tuning.strikes())) {
            return false;
        }
        Duration most = longest(from, usual);
        Duration granted = lease.compareTo(most) < 0 ? lease : most;
        if (before != null && before.peer() == peer && before.relayed() == relayed) {
            Moment expires = Moment.min(now.plus(granted), before.bound());
            put(piece, new Lease(peer, before.from(), relayed, before.since(), expires, before.bound()));
            return true;
        }
        if (count(peer, from, relayed) >= tuning.leasesPerPeer()) {
            return false;
        }
        Moment bound = now.plus(peer.keptLeases > 0 ? Duration.ofNanos(3 * most.toNanos()) : most);
        put(piece, new Lease(peer, from, relayed, now, now.plus(granted), bound));
        return true;
    }

    private static int count(SourceState peer, From from, boolean relayed) {
        return peer.leases[place(from, relayed)];
    }

    /** The longest believable lease: four times what a piece has been taking, at least 3 s, or 6 from another site, within the limit. */
    Duration longest(From from, Duration usual) {
        Duration shortest = from == From.OUTSIDE ? SHORTEST_OUTSIDE : SHORTEST_OTHER_SITE;
        long nanos = Math.max(4 * usual.toNanos(), shortest.toNanos());
        return Duration.ofNanos(Math.min(nanos, tuning.maxLease().toNanos()));
    }

    /** A peer gives a piece up. */
    void giveUp(SourceState peer, int piece) {
        Lease lease = byPiece.get(piece);
        if (lease != null && lease.peer() == peer) {
            drop(piece);
        }
    }

    /**
     * A peer holds a piece, so nobody need claim it; except that one of our site still fetches for us what another site holds.
     *
     * @return how long the peer took, if it had claimed it
     */
    Optional<Kept> kept(SourceState peer, int piece, Moment now) {
        Lease lease = byPiece.get(piece);
        if (lease == null || lease.outlasts(peer)) {
            return Optional.empty();
        }
        drop(piece);
        if (lease.peer() != peer) {
            return Optional.empty();
        }
        peer.keptLeases++;
        peer.conduct.brokenLeases = Math.max(0, peer.conduct.brokenLeases - 1);
        return lease.relayed() ? Optional.empty() : Optional.of(new Kept(lease.from(), now.since(lease.since())));
    }

    void forget(SourceState peer) {
        for (int piece : List.copyOf(byPiece.keySet())) {
            giveUp(peer, piece);
        }
    }

    /** Drops leases that ran out and returns the peers that broke them, once for each lease. */
    List<SourceState> expire(Moment now) {
        if (firstExpiry().isAfter(now)) {
            return List.of();
        }
        List<SourceState> broken = new ArrayList<>();
        for (Map.Entry<Integer, Lease> each : List.copyOf(byPiece.entrySet())) {
            Lease lease = each.getValue();
            if (!lease.expires().isAfter(now)) {
                drop(each.getKey());
                if (lease.relayed()) {
                    lease.peer().conduct.brokenRelays++;
                } else {
                    broken.add(lease.peer());
                }
            }
        }
        broken.sort(Comparator.comparing(peer -> peer.id));
        return broken;
    }

    boolean isLeased(int piece) {
        return byPiece.containsKey(piece);
    }

    /** Whether one of our site claims a piece. */
    boolean isLeasedNear(int piece) {
        Lease lease = byPiece.get(piece);
        return lease != null && lease.peer().isNear();
    }

    /** Who claims a piece. */
    Optional<SourceState> holder(int piece) {
        return Optional.ofNullable(byPiece.get(piece)).map(Lease::peer);
    }

    /** Pieces that are claimed. */
    int count(From from) {
        return counts[place(from, false)] + counts[place(from, true)];
    }

    /** Pieces that a peer itself claims. */
    int held(SourceState peer, From from) {
        return count(peer, from, false);
    }

    /** When the first lease runs out; the end of time when there is none. */
    Moment firstExpiry() {
        if (soonest.isEmpty()) {
            Moment first = new Moment(Long.MAX_VALUE);
            for (Lease lease : byPiece.values()) {
                first = Moment.min(first, lease.expires());
            }
            soonest = Optional.of(first);
        }
        return soonest.get();
    }

    // ---- what is counted along ----

    private void put(int piece, Lease lease) {
        drop(piece);
        byPiece.put(piece, lease);
        count(lease, 1);
        if (soonest.isPresent() && lease.expires().isBefore(soonest.get())) {
            soonest = Optional.of(lease.expires());
        }
    }

    private void drop(int piece) {
        Lease lease = byPiece.remove(piece);
        if (lease == null) {
            return;
        }
        count(lease, -1);
        if (soonest.isPresent() && lease.expires().equals(soonest.get())) {
            soonest = Optional.empty();
        }
    }

    private void count(Lease lease, int more) {
        int place = place(lease.from(), lease.relayed());
        counts[place] += more;
        lease.peer().leases[place] += more;
    }

    private static int place(From from, boolean relayed) {
        int first = switch (from) {
            case OUTSIDE -> 0;
            case OTHER_SITE -> 2;
        };
        return relayed ? first + 1 : first;
    }
}
