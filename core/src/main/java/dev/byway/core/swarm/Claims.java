package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pieces that this device fetches from outside, of which it tells its neighbours. What the neighbours say of theirs is in
 * {@link Leases}.
 */
final class Claims {
    private final Sources sources;
    private final Effects effects;
    private final TreeMap<Integer, Claim> claims = new TreeMap<>();

    /** Since when, and when we last said so. */
    private record Claim(Moment since, Moment told) {}

    Claims(Sources sources, Effects effects) {
        this.sources = sources;
        this.effects = effects;
    }

    boolean has(int piece) {
        return claims.containsKey(piece);
    }

    int count() {
        return claims.size();
    }

    /** Tells a newcomer. */
    void greet(SourceState peer, Duration lease) {
        claims.keySet().forEach(piece -> tell(peer, piece, lease));
    }

    void claim(int piece, Duration lease, Moment now) {
        if (claims.putIfAbsent(piece, new Claim(now, now)) == null) {
            tellAll(piece, lease);
        }
    }

    /** Says again what we are still fetching, before the neighbours stop believing it. */
    void renew(Duration lease, Moment now) {
        claims.replaceAll((piece, claim) -> {
            if (claim.told().plus(lease.dividedBy(2)).isAfter(now)) {
                return claim;
            }
            tellAll(piece, lease);
            return new Claim(claim.since(), now);
        });
    }

    /** When the first claim is to be renewed; the end of time when there is none. */
    Moment nextRenewal(Duration lease) {
        Moment next = new Moment(Long.MAX_VALUE);
        for (Claim claim : claims.values()) {
            next = Moment.min(next, claim.told().plus(lease.dividedBy(2)));
        }
        return next;
    }

    /** The piece is here, which the neighbours hear anyway; since when it was claimed, if it was. */
    Optional<Moment> fulfil(int piece) {
        return Optional.ofNullable(claims.remove(piece)).map(Claim::since);
    }

    /** We do not fetch it any more, and it is not here. */
    void giveUp(int piece) {
        if (claims.remove(piece) != null) {
            tellAll(piece, Duration.ZERO);
        }
    }

    private void tellAll(int piece, Duration lease) {
        sources.peers().forEach(peer -> tell(peer, piece, lease));
    }

    private void tell(SourceState peer, int piece, Duration lease) {
        effects.add(new DownloadEffect.TellIntent(peer.id, piece, lease, false));
    }
}
