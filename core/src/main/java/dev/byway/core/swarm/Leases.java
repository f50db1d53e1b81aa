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
 * The intents of the neighbours: who says that it fetches which piece for others too, and until when we believe it.
 *
 * <p>An intent only ever makes us wait with our own fetch of that piece. What a liar can cost is bounded three times: a
 * few leases at once, each for a few times what a piece has been taking (renewed only for those who kept one), and after
 * some that brought nothing its intents count no more.
 */
final class Leases {
    private final Tuning tuning;
    private final Map<Integer, Lease> byPiece = new HashMap<>();

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
        if (peer.conduct.brokenLeases >= tuning.strikes()
                || (relayed && peer.conduct.brokenRelays >= 4 * tuning.strikes())) {
            return false;
        }
        Duration most = longest(usual);
        Duration granted = lease.compareTo(most) < 0 ? lease : most;
        if (before != null && before.peer() == peer && before.relayed() == relayed) {
            Moment expires = Moment.min(now.plus(granted), before.bound());
            byPiece.put(piece, new Lease(peer, before.from(), relayed, before.since(), expires, before.bound()));
            return true;
        }
        if (count(peer, from, relayed) >= tuning.leasesPerPeer()) {
            return false;
        }
        Moment bound = now.plus(peer.keptLeases > 0 ? most.multipliedBy(3) : most);
        byPiece.put(piece, new Lease(peer, from, relayed, now, now.plus(granted), bound));
        return true;
    }

    private int count(SourceState peer, From from, boolean relayed) {
        int count = 0;
        for (Lease lease : byPiece.values()) {
            count += lease.peer() == peer && lease.from() == from && lease.relayed() == relayed ? 1 : 0;
        }
        return count;
    }

    /** The longest believable lease: four times what a piece has been taking, at least 3 s, within the limit. */
    Duration longest(Duration usual) {
        Duration wish = usual.multipliedBy(4);
        Duration floor = Duration.ofSeconds(6);
        Duration most = wish.compareTo(floor) > 0 ? wish : floor;
        return most.compareTo(tuning.maxLease()) < 0 ? most : tuning.maxLease();
    }

    /** A peer gives a piece up. */
    void giveUp(SourceState peer, int piece) {
        byPiece.computeIfPresent(piece, (p, lease) -> lease.peer() == peer ? null : lease);
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
        byPiece.remove(piece);
        if (lease.peer() != peer) {
            return Optional.empty();
        }
        peer.keptLeases++;
        peer.conduct.brokenLeases = Math.max(0, peer.conduct.brokenLeases - 1);
        return lease.relayed() ? Optional.empty() : Optional.of(new Kept(lease.from(), now.since(lease.since())));
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
        return holder(piece).filter(SourceState::isNear).isPresent();
    }

    /** Who claims a piece. */
    Optional<SourceState> holder(int piece) {
        return Optional.ofNullable(byPiece.get(piece)).map(Lease::peer);
    }

    /** Pieces that are claimed. */
    int count(From from) {
        return (int)
                byPiece.values().stream().filter(lease -> lease.from() == from).count();
    }

    /** Pieces that a peer itself claims. */
    int held(SourceState peer, From from) {
        return count(peer, from, false);
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
