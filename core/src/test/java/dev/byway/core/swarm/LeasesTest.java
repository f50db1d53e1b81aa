package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.SourceKind;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What neighbours' word is worth, and for how long. */
class LeasesTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int PIECES = 16;
    private static final Duration QUICK = Duration.ofMillis(100);

    private final Leases leases = new Leases(Tuning.DEFAULT, PIECES);
    private final SourceState near = peer(1, SourceKind.LAN);
    private final SourceState other = peer(3, SourceKind.LAN);
    private final SourceState far = peer(2, SourceKind.INTERNET);
    private Moment now = Moment.ZERO;

    private static SourceState peer(int number, SourceKind kind) {
        DeviceId device = new DeviceId(Digest.sha256(new byte[] {(byte) number}));
        SourceInfo info = SourceInfo.peer(kind, device, "d" + number, "d" + number);
        return new SourceState(new SourceId(number), info, new Conduct(), PIECES);
    }

    private boolean claim(SourceState peer, int piece, From from) {
        return leases.claim(peer, piece, from, LONG, false, QUICK, now) == Leases.Worth.FIRST;
    }

    private void expire() {
        leases.expire(now).forEach(peer -> peer.conduct.brokenLeases++);
    }

    @Test
    void whereAPieceIsQuickALeaseIsThreeSecondsAndSixFromAnotherSite() {
        claim(far, 1, From.OUTSIDE);
        claim(far, 2, From.OTHER_SITE);
        now = now.plus(Duration.ofMillis(2999));
        expire();
        assertThat(leases.isLeased(1)).isTrue();
        now = now.plus(Duration.ofMillis(1));
        expire();
        assertThat(leases.isLeased(1)).isFalse();
        assertThat(far.conduct.brokenLeases).isEqualTo(1);
        now = now.plus(Duration.ofMillis(2999));
        expire();
        assertThat(leases.isLeased(2)).isTrue();
        now = now.plus(Duration.ofMillis(1));
        expire();
        assertThat(leases.isLeased(2)).isFalse();
    }

    @Test
    void whoBrokeTwoIsNotBelievedAndWhoMakesOneGoodIs() {
        claim(far, 1, From.OUTSIDE);
        claim(far, 2, From.OUTSIDE);
        claim(far, 3, From.OTHER_SITE);
        assertThat(leases.count(From.OUTSIDE)).isEqualTo(2);
        leases.giveUp(far, 1, now);
        leases.giveUp(far, 2, now);
        far.conduct.brokenLeases = Tuning.DEFAULT.strikes();
        assertThat(claim(far, 4, From.OUTSIDE)).isFalse();
        assertThat(leases.kept(far, 3, now)).contains(new Leases.Kept(From.OTHER_SITE, Duration.ZERO));
        assertThat(claim(far, 4, From.OUTSIDE)).isTrue();
    }

    @Test
    void whatIsHereIsWaitedForNoMoreAndNobodyBrokeAnything() {
        claim(near, 1, From.OUTSIDE);
        claim(other, 1, From.OUTSIDE);
        leases.settle(1, now);
        assertThat(leases.isLeased(1)).isFalse();
        assertThat(leases.count(From.OUTSIDE)).isZero();
        now = now.plus(LONG);
        expire();
        assertThat(near.conduct.brokenLeases + other.conduct.brokenLeases).isZero();
    }

    @Test
    void aFewOfEachKindAtOnceAreHonoured() {
        int piece = 0;
        for (From from : From.values()) {
            for (int i = 0; i < Tuning.DEFAULT.leasesPerPeer(); i++) {
                assertThat(claim(near, piece++, from)).isTrue();
            }
            assertThat(claim(near, piece++, from)).isFalse();
        }
    }

    @Test
    void wordOfTheSiteGoesBeforeWordOfAnother() {
        assertThat(claim(far, 1, From.OUTSIDE)).isTrue();
        assertThat(claim(near, 1, From.OTHER_SITE)).isTrue();
        assertThat(claim(far, 1, From.OUTSIDE)).isFalse();
        assertThat(leases.isLeasedNear(1)).isTrue();
    }

    @Test
    void whatOneOfTheSiteFetchesIsWaitedForUntilTheSiteHasIt() {
        claim(near, 1, From.OTHER_SITE);
        assertThat(leases.kept(far, 1, now)).isEmpty();
        assertThat(leases.isLeased(1)).isTrue();
        assertThat(leases.kept(near, 1, now)).isPresent();
        assertThat(leases.isLeased(1)).isFalse();
    }

    @Test
    void wordThatWasPassedOnEndsWhenAnotherSiteHasThePiece() {
        leases.claim(near, 1, From.OUTSIDE, LONG, true, QUICK, now);
        leases.kept(far, 1, now);
        assertThat(leases.isLeased(1)).isFalse();
    }

    @Test
    void whoClaimedBehindAnotherIsWaitedForWhenThatOneGivesUp() {
        assertThat(worth(near, 1)).isEqualTo(Leases.Worth.FIRST);
        assertThat(worth(other, 1)).isEqualTo(Leases.Worth.BEHIND);
        assertThat(leases.count(From.OUTSIDE)).isEqualTo(2);
        now = now.plus(Duration.ofSeconds(1));
        leases.giveUp(near, 1, now);
        assertThat(leases.isLeased(1)).isTrue();
        assertThat(worth(near, 1)).isEqualTo(Leases.Worth.BEHIND);
        leases.giveUp(near, 1, now);
        leases.giveUp(other, 1, now);
        assertThat(leases.isLeased(1)).isFalse();
        assertThat(leases.openSince(1)).isEqualTo(now);
        assertThat(leases.count(From.OUTSIDE)).isZero();
    }

    @Test
    void aPieceThatIsThereEndsAllClaimsOfItAndNobodyBrokeOne() {
        worth(near, 1);
        worth(other, 1);
        assertThat(leases.kept(other, 1, now)).isPresent();
        assertThat(leases.isLeased(1)).isFalse();
        now = now.plus(LONG);
        assertThat(leases.expire(now)).isEmpty();
    }

    @Test
    void wordThatWasPassedOnIsNoSecondClaim() {
        worth(near, 1);
        assertThat(leases.claim(other, 1, From.OUTSIDE, LONG, true, QUICK, now)).isEqualTo(Leases.Worth.NONE);
    }

    @Test
    void aLeaseFromBeforeAnybodyKnewHowLongAPieceTakesEndsSooner() {
        leases.claim(near, 1, From.OUTSIDE, LONG, false, Duration.ofSeconds(4), now);
        leases.claim(far, 2, From.OTHER_SITE, LONG, false, Duration.ofSeconds(4), now);
        assertThat(leases.firstExpiry()).isEqualTo(now.plus(Duration.ofSeconds(16)));
        leases.shorten(From.OUTSIDE, QUICK);
        assertThat(leases.firstExpiry()).isEqualTo(now.plus(Duration.ofSeconds(3)));
        now = now.plus(Duration.ofSeconds(3));
        expire();
        assertThat(leases.isLeased(1)).isFalse();
        assertThat(leases.isLeased(2)).isTrue();
    }

    @Test
    void whoIsLateAndTheFirstToHaveThePieceAllTheSameBrokeNothing() {
        worth(near, 1);
        worth(other, 2);
        now = now.plus(LONG);
        expire();
        assertThat(near.conduct.brokenLeases).isEqualTo(1);
        assertThat(leases.late(other, 2, false, now)).isEmpty();
        now = now.plus(Duration.ofHours(1));
        assertThat(leases.late(near, 1, true, now)).contains(Tuning.DEFAULT.maxLease());
        assertThat(near.conduct.brokenLeases).isZero();
        assertThat(other.conduct.brokenLeases).isEqualTo(1);
        assertThat(leases.late(near, 1, true, now)).isEmpty();
        assertThat(leases.late(other, 2, true, now)).isEmpty();
    }

    private Leases.Worth worth(SourceState peer, int piece) {
        return leases.claim(peer, piece, From.OUTSIDE, LONG, false, QUICK, now);
    }
}
