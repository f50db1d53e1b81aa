package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Membership;
import dev.byway.core.fleet.PeerIdentity;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.RejectReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a device dials and lets in, and whom it does not any more. */
class NeighboursTest {
    private static final int LINKS = 32;
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("10.77.0.13");

    private final Neighbours neighbours = new Neighbours(device(0), LINKS);
    private Moment now = Moment.ZERO;
    private long links;

    @BeforeEach
    void want() {
        neighbours.want(true);
    }

    @Test
    void oneAddressWithManyKeysGetsEightLinksAndOthersStillFind() {
        for (int key = 1; key <= Neighbours.MAX_LINKS_PER_ADDRESS; key++) {
            assertThat(open(key, "10.77.0.13")).isEmpty();
        }
        assertThat(open(99, "10.77.0.13")).isEqualTo(Optional.of(RejectReason.LIMIT));
        assertThat(open(100, "10.77.0.14")).isEmpty();
    }

    @Test
    void dialsUpToItsLinksAndTakesAsManyMore() {
        for (int other = 1; other < LINKS; other++) {
            assertThat(open(other, device(other).toString())).isEmpty();
        }
        found("one", 101);
        found("two", 102);
        assertThat(neighbours.due(later(1))).extracting(Neighbours.Dial::key).containsExactly("one");
        neighbours.dialled("one", Optional.empty(), now);
        assertThat(open(101, device(101).toString())).isEmpty();
        assertThat(neighbours.due(later(60))).isEmpty();
        for (int other = LINKS; other < 2 * LINKS; other++) {
            assertThat(open(other, device(other).toString())).isEmpty();
        }
        assertThat(open(2 * LINKS, device(2 * LINKS).toString())).isEqualTo(Optional.of(RejectReason.LIMIT));
        neighbours.closed(1, device(1), device(1).toString(), Parting.ORDINARY, now);
        assertThat(open(2 * LINKS, device(2 * LINKS).toString())).isEmpty();
    }

    @Test
    void whoKeepsFewLinksTellsOfAsFewThatCannotBeReached() {
        Neighbours few = new Neighbours(device(0), 1);
        few.want(true);
        for (int other : List.of(1, 2)) {
            String id = device(other).toString();
            few.found(id, id, Optional.empty(), List.of(new InetSocketAddress(ADDRESS, 7680)), now);
        }
        later(1);
        for (int other = 0; other < 2; other++) {
            List<Neighbours.Dial> dials = few.due(now);
            assertThat(dials).hasSize(1);
            few.dialled(dials.getFirst().key(), Optional.of(Reason.of("1", ReasonCode.PEER_UNREACHABLE, "no")), now);
        }
        assertThat(few.unreached()).hasSize(1);
    }

    @Test
    void aFleetVouchesForDevicesSoTheyAreCountedOneByOne() {
        assertThat(Neighbours.liable(new PeerIdentity(device(1), new Membership.Anonymous()), ADDRESS))
                .isEqualTo("10.77.0.13");
        assertThat(Neighbours.liable(new PeerIdentity(device(1), new Membership.Fleet(Set.of())), ADDRESS))
                .isEqualTo(device(1).toString());
    }

    @Test
    void whoBrokeTheProtocolIsNeitherDialledNorLetInUnderAnyKeyOfItsAddress() {
        found("one", 1);
        assertThat(neighbours.due(later(1))).hasSize(1);
        neighbours.dialled("one", Optional.empty(), now);
        open(1, "10.77.0.13");
        neighbours.closed(links, device(1), "10.77.0.13", Parting.FAULT, now);
        found("another", 2);
        assertThat(neighbours.due(later(60))).isEmpty();
        assertThat(open(3, "10.77.0.13")).isEqualTo(Optional.of(RejectReason.BANNED));
        assertThat(open(4, "10.77.0.14")).isEmpty();
        assertThat(neighbours.nextDial(later(60))).isEqualTo(Optional.of(Moment.ZERO.plus(Duration.ofSeconds(601))));
        assertThat(neighbours.due(later(601))).isNotEmpty();
        assertThat(open(3, "10.77.0.13")).isEmpty();
    }

    @Test
    void whoSaysThatItHasNoPlaceIsLeftAloneForAMinuteAndMayStillCome() {
        found("one", 1);
        open(1, "10.77.0.13");
        neighbours.closed(links, device(1), "10.77.0.13", Parting.NO_PLACE, now);
        assertThat(neighbours.due(later(59))).isEmpty();
        assertThat(open(1, "10.77.0.13")).isEmpty();
        neighbours.closed(links, device(1), "10.77.0.13", Parting.ORDINARY, now);
        assertThat(neighbours.due(later(2))).hasSize(1);
    }

    @Test
    void whoLeavesWhileItIsDialledIsForgottenWhenTheDialEnds() {
        found("one", 1);
        assertThat(neighbours.due(later(1))).hasSize(1);
        neighbours.gone("one");
        assertThat(neighbours.hears(device(1))).isFalse();
        neighbours.dialled("one", Optional.of(Reason.of("1", ReasonCode.PEER_UNREACHABLE, "no answer")), now);
        assertThat(neighbours.known(9)).isEmpty();
        assertThat(neighbours.due(later(60))).isEmpty();
    }

    @Test
    void aDeviceOfWhichTwoTellIsDialledOnce() {
        List<InetSocketAddress> there = List.of(new InetSocketAddress(ADDRESS, 7680));
        neighbours.found("fleet", device(1).toString(), Optional.of(device(1)), there, now);
        found("one", 1);
        found("two", 2);
        assertThat(neighbours.due(later(1))).extracting(Neighbours.Dial::key).containsExactly("fleet", "two");
        neighbours.dialled("fleet", Optional.of(Reason.of("1", ReasonCode.PEER_UNREACHABLE, "no answer")), now);
        assertThat(neighbours.due(now)).extracting(Neighbours.Dial::key).containsExactly("one");
    }

    @Test
    void whatIsInAHurryGoesFirstAndWaitsForNoOtherDial() {
        List<InetSocketAddress> there = List.of(new InetSocketAddress(ADDRESS, 7680));
        found("one", 1);
        neighbours.found("fleet", device(1).toString(), Optional.of(device(1)), there, now);
        later(1);
        neighbours.hurry("fleet", now);
        assertThat(neighbours.due(now)).extracting(Neighbours.Dial::key).containsExactly("fleet");
        neighbours.dialled("fleet", Optional.of(Reason.of("1", ReasonCode.PEER_UNREACHABLE, "no answer")), now);
        assertThat(neighbours.due(now)).extracting(Neighbours.Dial::key).containsExactly("one");
        assertThat(neighbours.due(later(60))).isEmpty();
        neighbours.hurry("fleet", now);
        assertThat(neighbours.due(now)).extracting(Neighbours.Dial::key).containsExactly("fleet");
    }

    @Test
    void whoSaidThatItHasNoPlaceAndNowAsksIsDialledUnlessItBrokeTheProtocol() {
        List<InetSocketAddress> there = List.of(new InetSocketAddress(ADDRESS, 7680));
        String id = device(1).toString();
        neighbours.found("fleet", id, Optional.of(device(1)), there, now);
        open(1, id);
        neighbours.closed(links, device(1), id, Parting.NO_PLACE, now);
        assertThat(neighbours.due(later(1))).isEmpty();
        neighbours.hurry("fleet", now);
        assertThat(neighbours.due(now)).hasSize(1);
        neighbours.dialled("fleet", Optional.empty(), now);
        open(1, id);
        neighbours.closed(links, device(1), id, Parting.FAULT, now);
        neighbours.hurry("fleet", now);
        assertThat(neighbours.due(later(1))).isEmpty();
    }

    @Test
    void onlyWhomDiscoveryFoundIsHeard() {
        List<InetSocketAddress> there = List.of(new InetSocketAddress(ADDRESS, 7680));
        neighbours.found("fleet", device(1).toString(), Optional.of(device(1)), there, now);
        neighbours.found("nameless", "", Optional.empty(), there, now);
        assertThat(neighbours.hears(device(1))).isFalse();
        found("one", 1);
        assertThat(neighbours.hears(device(1))).isTrue();
        assertThat(neighbours.hears(device(2))).isFalse();
    }

    private void found(String key, int device) {
        neighbours.found(
                key, device(device).toString(), Optional.empty(), List.of(new InetSocketAddress(ADDRESS, 7680)), now);
    }

    private Optional<RejectReason> open(int device, String liable) {
        return neighbours.opened(++links, device(device), liable, false, now).map(Neighbours.Surplus::reason);
    }

    private Moment later(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
        return now;
    }

    private static DeviceId device(int number) {
        return new DeviceId(Digest.sha256(new byte[] {(byte) number}));
    }

    @Test
    void whoDoesNotAnswerAtOnceIsAskedToDialUsOnceForEachTry() {
        DeviceId other = device(99);
        neighbours.found(
                "fleet", other.toString(), Optional.of(other), List.of(new InetSocketAddress(ADDRESS, 7680)), now);
        neighbours.hurry("fleet", now);
        assertThat(neighbours.due(now)).hasSize(1);
        assertThat(neighbours.asks(now)).isEmpty();
        assertThat(neighbours.nextDial(now)).contains(now.plus(Duration.ofMillis(250)));
        now = now.plus(Duration.ofMillis(250));
        assertThat(neighbours.asks(now)).containsExactly(other);
        assertThat(neighbours.asks(now)).isEmpty();
    }

    @Test
    void whoRefusesIsAskedAtOnce() {
        DeviceId other = device(99);
        neighbours.found(
                "fleet", other.toString(), Optional.of(other), List.of(new InetSocketAddress(ADDRESS, 7680)), now);
        neighbours.hurry("fleet", now);
        neighbours.due(now);
        Reason refused = Reason.of("there", ReasonCode.PEER_UNREACHABLE, "refused");
        neighbours.dialled("fleet", Optional.of(refused), now);
        assertThat(neighbours.asks(now)).containsExactly(other);
        assertThat(neighbours.unreached()).extracting(Unreached::failure).containsExactly(Optional.of(refused));
    }

    /** A neighbour that refused costs the next download no time. */
    @Test
    void whoIsGivenARestIsNotExpected() {
        DeviceId other = device(99);
        neighbours.found("sd", other.toString(), Optional.empty(), List.of(new InetSocketAddress(ADDRESS, 7680)), now);
        neighbours.opened(1, other, "them", false, now);
        neighbours.closed(1, other, "them", Parting.NO_PLACE, now);
        assertThat(neighbours.expected(now)).isZero();
        assertThat(neighbours.expected(now.plus(Duration.ofMinutes(1)))).isEqualTo(1);
    }

    @Test
    void whyTellsHowOftenANeighbourWasDialled() {
        DeviceId other = device(99);
        neighbours.found(
                "fleet", other.toString(), Optional.of(other), List.of(new InetSocketAddress(ADDRESS, 7680)), now);
        Reason refused = Reason.of("there", ReasonCode.PEER_UNREACHABLE, "refused");
        for (int i = 0; i < 3; i++) {
            neighbours.hurry("fleet", now);
            neighbours.due(now);
            neighbours.dialled("fleet", Optional.of(refused), now);
        }
        assertThat(neighbours.unreached().getFirst().reason(now))
                .hasValue(refused.withDetail("dialled 3 times, the last time: refused"));
    }

    /** Else a download would turn to the origin while the other side has its head start, and be done before the first dial. */
    @Test
    void whoIsStillToBeDialledIsExpected() {
        neighbours.found("fleet", "0000", Optional.of(device(99)), List.of(new InetSocketAddress(ADDRESS, 7680)), now);
        assertThat(neighbours.due(now)).isEmpty();
        assertThat(neighbours.expected(now)).isEqualTo(1);
        assertThat(neighbours.due(now.plus(Duration.ofMillis(300)))).hasSize(1);
        assertThat(neighbours.expected(now)).isEqualTo(1);
        neighbours.dialled("fleet", Optional.of(Reason.of("there", ReasonCode.PEER_UNREACHABLE, "refused")), now);
        assertThat(neighbours.expected(now)).isZero();
    }

    @Test
    void whoWasLinkedAMomentAgoIsExpectedToSpeak() {
        open(1, "10.77.0.13");
        assertThat(neighbours.expected(now)).isEqualTo(1);
        assertThat(neighbours.nextDial(now)).contains(now.plus(Duration.ofMillis(500)));
        assertThat(neighbours.expected(now.plus(Duration.ofMillis(500)))).isZero();
        assertThat(neighbours.nextDial(now.plus(Duration.ofMillis(500)))).isEmpty();
    }

    @Test
    void whoIsMetElsewhereIsDialledAfterTheShortestPause() {
        foundBehindNat("2001:0:bc8:202::1");
        failForLong();
        assertThat(neighbours.due(later(2))).isEmpty();
        foundBehindNat("2001:0:bc8:202::1");
        assertThat(neighbours.due(now)).isEmpty();
        foundBehindNat("2001:0:bc8:202::2");
        assertThat(neighbours.due(now)).hasSize(1);
    }

    @Test
    void whoMovesHasFailedNowhereYetInTheTunnel() {
        foundBehindNat("2001:0:bc8:202::1");
        failForLong();
        neighbours.moved();
        assertThat(neighbours.due(later(1))).isEmpty();
        assertThat(neighbours.due(later(1))).hasSize(1);
    }

    /** Which would let a liar have it dialled without end. */
    @Test
    void whoMovesAllTheTimeIsDialledNoMoreOftenThanWhoJustFailed() {
        foundBehindNat("2001:0:bc8:202::1");
        failForLong();
        for (int i = 2; i < 10; i++) {
            foundBehindNat("2001:0:bc8:202::" + i);
            assertThat(neighbours.due(now)).isEmpty();
        }
    }

    private void foundBehindNat(String teredo) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(teredo), 7680);
        neighbours.foundBehindNat("tunnel", device(99), address, Optional.empty(), now);
    }

    /** The pause grows to more than four minutes. */
    private void failForLong() {
        Reason failed = Reason.of("there", ReasonCode.PEER_UNREACHABLE, "no way");
        for (int i = 0; i < 8; i++) {
            assertThat(neighbours.due(later(300))).hasSize(1);
            neighbours.dialled("tunnel", Optional.of(failed), now);
        }
    }
}
