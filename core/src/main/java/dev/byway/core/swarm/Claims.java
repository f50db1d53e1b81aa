package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The pieces that this device fetches for others too, of which it tells those who would fetch them else. What the neighbours
 * say of theirs is in {@link Leases}.
 */
final class Claims {
    private final Sources sources;
    private final Effects effects;
    private final TreeMap<Integer, Claim> claims = new TreeMap<>();

    /**
     * One of them.
     *
     * @param since when it was claimed
     * @param told when we last said so
     */
    record Claim(From from, Moment since, Moment told) {}

    Claims(Sources sources, Effects effects) {
        this.sources = sources;
        this.effects = effects;
    }

    boolean has(int piece) {
        return claims.containsKey(piece);
    }

    int count(From from) {
        int count = 0;
        for (Claim claim : claims.values()) {
            count += claim.from() == from ? 1 : 0;
        }
        return count;
    }

    /** Tells a newcomer. */
    void greet(SourceState peer, Function<From, Duration> lease) {
        claims.forEach((piece, claim) -> {
            if (concerns(peer, claim.from())) {
                tell(peer, piece, lease.apply(claim.from()));
            }
        });
    }

    void claim(int piece, From from, Duration lease, Moment now) {
        Claim claim = new Claim(from, now, now);
        if (claims.putIfAbsent(piece, claim) == null) {
            tellAll(piece, claim, lease);
        }
    }

    /** Says again what we are still fetching, before the neighbours stop believing it. */
    void renew(Function<From, Duration> leases, Moment now) {
        claims.replaceAll((piece, claim) -> {
            Duration lease = leases.apply(claim.from());
            if (claim.told().plusNanos(lease.toNanos() / 2).isAfter(now)) {
                return claim;
            }
            tellAll(piece, claim, lease);
            return new Claim(claim.from(), claim.since(), now);
        });
    }

    /** When the first claim is to be renewed; the end of time when there is none. */
    Moment nextRenewal(Function<From, Duration> leases) {
        Moment next = new Moment(Long.MAX_VALUE);
        for (Claim claim : claims.values()) {
            Duration lease = leases.apply(claim.from());
            next = Moment.min(next, claim.told().plusNanos(lease.toNanos() / 2));
        }
        return next;
    }

    /** The piece is here, which the neighbours hear anyway; what was claimed of it, if it was. */
    Optional<Claim> fulfil(int piece) {
        return Optional.ofNullable(claims.remove(piece));
    }

    /** We do not fetch it any more, and it is not here. */
    void giveUp(int piece) {
        Claim claim = claims.remove(piece);
        if (claim != null) {
            tellAll(piece, claim, Duration.ZERO);
        }
    }

    /** Whether a peer would fetch such a piece itself if it did not hear that another one does. */
    static boolean concerns(SourceState peer, From from) {
        return from == From.OUTSIDE || peer.isNear();
    }

    private void tellAll(int piece, Claim claim, Duration lease) {
        sources.peers().stream().filter(peer -> concerns(peer, claim.from())).forEach(peer -> tell(peer, piece, lease));
    }

    private void tell(SourceState peer, int piece, Duration lease) {
        effects.add(new DownloadEffect.TellIntent(peer.id, piece, lease, false));
    }
}
