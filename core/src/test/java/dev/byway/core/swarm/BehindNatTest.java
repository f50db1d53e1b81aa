package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Membership;
import dev.byway.core.fleet.PeerIdentity;
import dev.byway.core.unit.Moment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order of trying: directly first, then by asking the other side, then through the tunnel. */
class BehindNatTest {
    private static final DeviceId SELF = DeviceId.parse("0".repeat(64));
    private static final DeviceId OTHER = DeviceId.parse("f".repeat(64));
    private static final InetSocketAddress DIRECT = new InetSocketAddress(InetAddress.ofLiteral("11.0.1.2"), 7680);
    private static final InetAddress TEREDO = InetAddress.ofLiteral("2001:0:bc8:202:400:3815:f4ff:fefd");
    private static final InetSocketAddress BEHIND_NAT = new InetSocketAddress(TEREDO, 7680);
    private static final Reason REFUSED = Reason.of("there", ReasonCode.PEER_UNREACHABLE, "refused");

    private final Neighbours neighbours = new Neighbours(SELF, 32);

    @BeforeEach
    void want() {
        neighbours.want(true);
    }

    private static Moment at(int millis) {
        return Moment.ZERO.plus(Duration.ofMillis(millis));
    }

    private void foundDirectly() {
        neighbours.found("fleet", OTHER.toString(), Optional.of(OTHER), List.of(DIRECT), at(0));
    }

    private void foundBehindNat(Optional<Reason> noWay) {
        neighbours.foundBehindNat("tunnel", OTHER, BEHIND_NAT, noWay, at(0));
    }

    private List<Path> due(int millis) {
        return neighbours.due(at(millis)).stream().map(Neighbours.Dial::path).toList();
    }

    @Test
    void theTunnelWaitsForADirectDialThatHangs() {
        foundDirectly();
        foundBehindNat(Optional.empty());
        assertThat(due(0)).containsExactly(Path.DIRECT);
        assertThat(neighbours.asks(at(250))).containsExactly(OTHER);
        assertThat(due(499)).isEmpty();
        assertThat(neighbours.nextDial(at(499))).contains(at(500));
        assertThat(due(500)).containsExactly(Path.TUNNEL);
    }

    @Test
    void theTunnelIsNextWhenTheDirectDialFailedAtOnce() {
        foundDirectly();
        foundBehindNat(Optional.empty());
        neighbours.due(at(0));
        neighbours.dialled("fleet", Optional.of(REFUSED), at(10));
        assertThat(due(10)).containsExactly(Path.TUNNEL);
    }

    @Test
    void whoSaysNoDirectAddressIsMetThroughTheTunnelAtOnce() {
        foundBehindNat(Optional.empty());
        assertThat(due(0)).containsExactly(Path.TUNNEL);
    }

    @Test
    void aDirectLinkLeavesTheTunnelAlone() {
        foundDirectly();
        foundBehindNat(Optional.empty());
        neighbours.due(at(0));
        neighbours.opened(1, OTHER, OTHER.toString(), true, at(100));
        neighbours.dialled("fleet", Optional.empty(), at(100));
        assertThat(due(60_000)).isEmpty();
    }

    @Test
    void eachPathHasItsOwnPauses() {
        foundDirectly();
        foundBehindNat(Optional.empty());
        neighbours.due(at(0));
        neighbours.dialled("fleet", Optional.of(REFUSED), at(0));
        neighbours.due(at(0));
        neighbours.dialled("tunnel", Optional.of(REFUSED), at(1000));
        assertThat(due(2000)).containsExactly(Path.DIRECT);
        assertThat(due(3000)).containsExactly(Path.TUNNEL);
    }

    @Test
    void anotherTeredoAddressIsTriedAfterTheShortestPauseWhateverFailedBefore() {
        foundBehindNat(Optional.empty());
        for (int i = 0; i < 6; i++) {
            neighbours.due(at(200_000 * i));
            neighbours.dialled("tunnel", Optional.of(REFUSED), at(200_000 * i));
        }
        InetSocketAddress elsewhere =
                new InetSocketAddress(InetAddress.ofLiteral("2001:0:bc8:202:400:3815:f4ff:fefc"), 7680);
        neighbours.foundBehindNat("tunnel", OTHER, elsewhere, Optional.empty(), at(1_000_001));
        assertThat(due(1_001_999)).isEmpty();
        assertThat(due(1_002_000)).containsExactly(Path.TUNNEL);
    }

    @Test
    void natsThatCannotMeetAreNamedAndNotWaitedFor() {
        Reason noWay = Reason.of("there", ReasonCode.PEER_BEHIND_NAT, "symmetric both");
        foundBehindNat(Optional.of(noWay));
        assertThat(due(0)).isEmpty();
        assertThat(neighbours.expected(at(0))).isZero();
        assertThat(neighbours.unreached()).extracting(Unreached::failure).containsExactly(Optional.of(noWay));
        foundBehindNat(Optional.empty());
        assertThat(due(1)).containsExactly(Path.TUNNEL);
    }

    @Test
    void peopleReadWhereTheInternetSeesADevice() {
        assertThat(Neighbours.name(TEREDO, 7680)).isEqualTo("11.0.1.2:51178 by Teredo");
    }

    /** Ports are free, so one NAT's keys count together. */
    @Test
    void strangersBehindOneNatAreLiableTogether() {
        assertThat(Neighbours.liable(new PeerIdentity(OTHER, new Membership.Anonymous()), TEREDO))
                .isEqualTo("11.0.1.2");
    }
}
