package dev.byway.core.swarm;

import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The intents of the neighbours: who says that it fetches which piece for others too, and until when we believe it.
 *
 * <p>An intent only ever makes us wait with our own fetch of that piece. What a liar can cost is bounded three times: a
 * few leases at once, each for a few times what a piece has been taking (renewed only for those who kept one), and after
 * some that brought nothing its intents count no more.
 *
 * <p>Several may claim one piece, as they do before they hear of each other. All but one of them then leave it, and in which
 * order we hear all that is chance: so a claim is remembered behind the first one, and counts when that is given up.
 */
final class Leases {
    /** Leases are counted apart by where the piece comes from, and whether word of them is first-hand. */
    static final int KINDS = 4;

    private static final Duration SHORTEST_OUTSIDE = Duration.ofSeconds(3);

    /** Lines between sites are shared by more than what is seen here. */
    private static final Duration SHORTEST_OTHER_SITE = Duration.ofSeconds(6);

    private final Tuning tuning;
    private final List<List<Lease>> byPiece;
    private final PieceSet leased;
    private final Moment[] opened;
    private final int[] counts = new int[KINDS];
    private Optional<Moment> soonest = Optional.empty();

    private record Lease(
            SourceState peer, From from, boolean relayed, Moment since, Moment told, Moment expires, Moment bound) {
        /** Whether it lets a later one for the same piece pass: word of the same site counts more, and first-hand word. */
        boolean yieldsTo(SourceState other, boolean otherIsRelayed, Moment now) {
            return !expires.isAfter(now) || (!peer.isNear() && other.isNear()) || (relayed && !otherIsRelayed);
        }

        Lease until(Moment sooner) {
            return new Lease(peer, from, relayed, since, told, sooner, bound);
        }

        /** Whether somebody of our site still fetches it for us when a device of another site comes to hold it. */
        boolean outlasts(SourceState holder) {
            return peer.isNear() && !holder.isNear() && !(relayed && from == From.OUTSIDE);
        }
    }

    /** What a claim is worth. */
    enum Worth {
        /** It is not believed. */
        NONE,

        /** Another one claims the piece too, and came first. */
        BEHIND,

        /** It is this one that is waited for. */
        FIRST
    }

    /** A neighbour did what it said. */
    record Kept(From from, Duration took) {}

    Leases(Tuning tuning, int pieces) {
        this.tuning = tuning;
        this.byPiece = new ArrayList<>(Collections.nCopies(pieces, List.of()));
        this.leased = PieceSet.none(pieces);
        this.opened = new Moment[pieces];
        Arrays.fill(opened, Moment.ZERO);
    }

    /**
     * A peer claims a piece.
     *
     * @param from where it seems to fetch it from
     * @param relayed on behalf of a neighbour of its own
     * @param usual what a piece takes from there at present
     */
    Worth claim(SourceState peer, int piece, From from, Duration lease, boolean relayed, Duration usual, Moment now) {
        List<Lease> claims = byPiece.get(piece);
        boolean other = !claims.isEmpty() && claims.getFirst().peer() != peer;
        boolean first = !other || claims.getFirst().yieldsTo(peer, relayed, now);
        if ((relayed && !first) || !isBelieved(peer, relayed)) {
            return Worth.NONE;
        }
        Optional<Lease> before = of(peer, claims);
        if (relayed && before.filter(own -> !own.relayed()).isPresent()) {
            return Worth.NONE;
        }
        Duration most = longest(from, usual);
        Duration granted = lease.compareTo(most) < 0 ? lease : most;
        if (before.filter(own -> own.relayed() == relayed).isPresent()) {
            Lease own = before.get();
            Moment expires = Moment.min(now.plus(granted), own.bound());
            put(piece, new Lease(peer, own.from(), relayed, own.since(), now, expires, own.bound()), first);
        } else if (count(peer, from, relayed) < tuning.leasesPerPeer()) {
            Moment bound = now.plus(peer.keptLeases > 0 ? Duration.ofNanos(3 * most.toNanos()) : most);
            put(piece, new Lease(peer, from, relayed, now, now, now.plus(granted), bound), first);
        } else {
            return Worth.NONE;
        }
        return first ? Worth.FIRST : Worth.BEHIND;
    }

    private boolean isBelieved(SourceState peer, boolean relayed) {
        return !peer.refuses
                && peer.conduct.brokenLeases < tuning.strikes()
                && !(relayed && peer.conduct.brokenRelays >= 4 * tuning.strikes());
    }

    private static Optional<Lease> of(SourceState peer, List<Lease> claims) {
        for (Lease lease : claims) {
            if (lease.peer() == peer) {
                return Optional.of(lease);
            }
        }
        return Optional.empty();
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
    void giveUp(SourceState peer, int piece, Moment now) {
        of(peer, byPiece.get(piece)).ifPresent(lease -> drop(piece, lease, now));
    }

    /**
     * A peer holds a piece, so nobody need claim it; except that one of our site still fetches for us what another site holds.
     *
     * @return how long the peer took, if it had claimed it
     */
    Optional<Kept> kept(SourceState peer, int piece, Moment now) {
        if (!leased.has(piece)) {
            return Optional.empty();
        }
        List<Lease> claims = List.copyOf(byPiece.get(piece));
        for (Lease lease : claims) {
            if (!lease.outlasts(peer)) {
                drop(piece, lease, now);
            }
        }
        Optional<Lease> own = of(peer, claims);
        own.ifPresent(_ -> makeGood(peer));
        return own.filter(lease -> !lease.relayed()).map(lease -> new Kept(lease.from(), now.since(lease.since())));
    }

    /**
     * A peer holds a piece. If it had claimed to fetch that from outside and not brought it in time, and is the first to have it all the same, then the line was slow and not
     * the peer: it broke nothing. Who is not the first may have waited for others.
     *
     * @return how long it took; no more than the longest lease, because nobody else can tell
     */
    Optional<Duration> late(SourceState peer, int piece, boolean first, Moment now) {
        if (peer.overdue.isEmpty()) {
            return Optional.empty();
        }
        Optional<Moment> since = Optional.ofNullable(peer.overdue.remove(piece)).filter(_ -> first);
        since.ifPresent(_ -> makeGood(peer));
        return since.map(now::since).map(took -> took.compareTo(tuning.maxLease()) < 0 ? took : tuning.maxLease());
    }

    /** The piece is here: nobody is waited for, and who had claimed it need not tell us any more that it has it too. */
    void settle(int piece, Moment now) {
        List.copyOf(byPiece.get(piece)).forEach(lease -> drop(piece, lease, now));
    }

    private static void makeGood(SourceState peer) {
        peer.keptLeases++;
        peer.conduct.brokenLeases = Math.max(0, peer.conduct.brokenLeases - 1);
    }

    /** Pieces turned out to take less time than they were thought to when some of the leases began. */
    void shorten(From from, Duration usual) {
        Duration most = longest(from, usual);
        for (int piece = leased.next(0); piece >= 0; piece = leased.next(piece + 1)) {
            byPiece.get(piece).replaceAll(lease -> {
                Moment sooner = lease.told().plus(most);
                return lease.from() == from && sooner.isBefore(lease.expires()) ? lease.until(sooner) : lease;
            });
        }
        soonest = Optional.empty();
    }

    void forget(SourceState peer, Moment now) {
        leased.copy().pieces().forEachRemaining((int piece) -> giveUp(peer, piece, now));
    }

    /** Drops leases that ran out and returns the peers that broke them, once for each lease. */
    List<SourceState> expire(Moment now) {
        if (firstExpiry().isAfter(now)) {
            return List.of();
        }
        List<SourceState> broken = new ArrayList<>();
        for (int piece = leased.next(0); piece >= 0; piece = leased.next(piece + 1)) {
            for (Lease lease : List.copyOf(byPiece.get(piece))) {
                if (!lease.expires().isAfter(now)) {
                    drop(piece, lease, now);
                    if (lease.relayed()) {
                        lease.peer().conduct.brokenRelays++;
                    } else {
                        noteOverdue(piece, lease);
                        broken.add(lease.peer());
                    }
                }
            }
        }
        broken.sort(Comparator.comparing(peer -> peer.id));
        return broken;
    }

    private static void noteOverdue(int piece, Lease lease) {
        if (lease.from() == From.OUTSIDE) {
            lease.peer().overdue.put(piece, lease.since());
            lease.peer().paceNanos = lease.expires().since(lease.since()).toNanos();
        }
    }

    boolean isLeased(int piece) {
        return leased.has(piece);
    }

    /** Whether one of our site claims a piece. */
    boolean isLeasedNear(int piece) {
        for (Lease lease : byPiece.get(piece)) {
            if (lease.peer().isNear()) {
                return true;
            }
        }
        return false;
    }

    /** When the last claim of a piece ended that nobody claims now; the beginning of time if nobody ever did. */
    Moment openSince(int piece) {
        return opened[piece];
    }

    /** Claims of pieces, some perhaps of the same one. */
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
            for (int piece = leased.next(0); piece >= 0; piece = leased.next(piece + 1)) {
                for (Lease lease : byPiece.get(piece)) {
                    first = Moment.min(first, lease.expires());
                }
            }
            soonest = Optional.of(first);
        }
        return soonest.get();
    }

    // ---- what is counted along ----

    /** In the place of an earlier one of the same peer, or before or behind those of others. */
    private void put(int piece, Lease lease, boolean first) {
        List<Lease> claims = new ArrayList<>(2);
        for (Lease other : byPiece.get(piece)) {
            if (other.peer() == lease.peer() || (other.relayed() && !lease.relayed())) {
                count(other, -1);
            } else {
                claims.add(other);
            }
        }
        claims.add(first ? 0 : claims.size(), lease);
        byPiece.set(piece, claims);
        leased.add(piece);
        count(lease, 1);
    }

    private void drop(int piece, Lease lease, Moment now) {
        byPiece.get(piece).remove(lease);
        count(lease, -1);
        if (byPiece.get(piece).isEmpty()) {
            byPiece.set(piece, List.of());
            leased.remove(piece);
            opened[piece] = now;
        }
    }

    private void count(Lease lease, int more) {
        int place = place(lease.from(), lease.relayed());
        counts[place] += more;
        lease.peer().leases[place] += more;
        if (more > 0) {
            soonest = soonest.map(first -> Moment.min(first, lease.expires()));
        } else if (soonest.filter(lease.expires()::equals).isPresent()) {
            soonest = Optional.empty();
        }
    }

    private static int place(From from, boolean relayed) {
        int first = switch (from) {
            case OUTSIDE -> 0;
            case OTHER_SITE -> 2;
        };
        return relayed ? first + 1 : first;
    }
}
