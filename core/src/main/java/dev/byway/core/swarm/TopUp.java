package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import java.time.Duration;

/**
 * Whether the origin helps peers of other sites, which hold what is missing and bring it slowly; DO calls that blending, and
 * its setting {@code DOMinBackgroundQos}.
 *
 * <p>What comes from another site crosses the same line as what comes from outside, so help costs this site nothing. But where
 * the line itself is what is slow, it makes nothing faster and the origin sends what peers would have sent. Nobody can see
 * that from here. So help is tried for a stretch: it goes on where that brought half as much again as came before, else it is
 * not tried again for a while, twice as long each time. Peers are watched from their first byte on, because a tunnel takes a
 * while to be made; who brings nothing at all is {@link Patience}'s.
 */
final class TopUp {
    private static final double WORTH_IT = 1.5;
    private static final Duration LONGEST_REST = Duration.ofSeconds(128);

    private final Duration stretch;
    private final long enough;
    private Moment since = Moment.ZERO;
    private boolean waiting;
    private boolean helps;
    private long fromPeers;
    private long all;
    private double before;
    private Duration rest;
    private Moment restsUntil = Moment.ZERO;

    /**
     * @param stretch how long things are watched before anything changes
     * @param enough bytes a second from peers with which they are left alone
     */
    TopUp(Duration stretch, long enough) {
        this.stretch = stretch;
        this.enough = enough;
        this.rest = stretch.multipliedBy(2);
    }

    /** Bytes came. */
    void arrived(long bytes, boolean fromPeer) {
        all += bytes;
        fromPeers += fromPeer ? bytes : 0;
    }

    /** Whether what peers of other sites hold may be asked of the origin too. */
    boolean helps() {
        return helps;
    }

    /**
     * Looks how it goes.
     *
     * @param waits whether something is missing that only peers of other sites offer, and nobody of this site shares that work
     */
    void look(boolean waits, Moment now) {
        if (!waits || !waiting) {
            helps = false;
            waiting = waits;
            begin(now);
            return;
        }
        if (fromPeers == 0 && !helps) {
            begin(now);
            return;
        }
        double seconds = now.since(since).toNanos() / 1e9;
        if (seconds < stretch.toNanos() / 1e9) {
            return;
        }
        boolean tooSlow = fromPeers / seconds < enough;
        if (helps && all / seconds < WORTH_IT * before) {
            restsUntil = now.plus(rest);
            rest = rest.compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST;
            helps = false;
        } else if (helps) {
            rest = stretch.multipliedBy(2);
            helps = tooSlow;
        } else {
            before = all / seconds;
            helps = tooSlow && !restsUntil.isAfter(now);
        }
        begin(now);
    }

    private void begin(Moment now) {
        since = now;
        fromPeers = 0;
        all = 0;
    }
}
