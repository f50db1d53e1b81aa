package dev.byway.teredo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.UdpAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ways with links over them: kept through silence with few packets, and said to be lost soon after they are. */
class KeepingTest {
    private final Network network = new Network(11);
    private final Network.Device alice = network.device(NatType.RESTRICTED);

    private Network.Device linked(NatType type) {
        return linked(network, alice, type);
    }

    private static Network.Device linked(Network network, Network.Device alice, NatType type) {
        Network.Device bob = network.device(type);
        alice.start();
        bob.start();
        network.run(Duration.ofSeconds(1));
        alice.connect(bob);
        network.run(Duration.ofSeconds(1));
        alice.keep(bob);
        bob.keep(alice);
        return bob;
    }

    private static Predicate<Network.Flight> between(Network.Device one, Network.Device other) {
        return flight -> (one.nat.isAt(flight.from()) && other.nat.isAt(flight.to()))
                || (other.nat.isAt(flight.from()) && one.nat.isAt(flight.to()));
    }

    private static ClientEffect lost(Network.Device peer) {
        return new ClientEffect.Lost(peer.address());
    }

    /** A packet for the mapping, and one for the link, each less often than every twenty seconds. */
    @ParameterizedTest
    @EnumSource(NatType.class)
    void anIdleWayStaysOpenForLessThanAPacketInTenSeconds(NatType type) {
        Network.Device bob = linked(type);
        int alices = alice.sent;
        int bobs = bob.sent;
        for (int second = 0; second < 600; second++) {
            network.run(Duration.ofSeconds(1));
            assertThat(alice.hasWayTo(bob)).isTrue();
            assertThat(bob.hasWayTo(alice)).isTrue();
        }
        assertThat(alice.sent - alices).isBetween(40, 59);
        assertThat(bob.sent - bobs).isBetween(40, 59);
    }

    @Property(tries = 200)
    void noIdleLinkEverTakesMoreWhateverTheChance(@ForAll long seed) {
        Network any = new Network(seed);
        Network.Device one = any.device(NatType.PORT_RESTRICTED);
        Network.Device two = linked(any, one, NatType.PORT_RESTRICTED);
        int before = one.sent;
        any.run(Duration.ofMinutes(10));
        assertThat(one.sent - before).isLessThan(60);
        assertThat(one.hasWayTo(two)).isTrue();
    }

    /** The neighbour's answer goes straight to it: servers have nothing to do with open ways. */
    @Test
    void aSignOfLifeGoesPastTheServer() {
        Network.Device bob = linked(NatType.PORT_RESTRICTED);
        network.loseWhere(flight -> flight.to().port() == UdpAddress.TEREDO_PORT);
        network.run(Duration.ofMinutes(5));
        assertThat(alice.saw(new ClientEffect.Offline())).isTrue();
        assertThat(alice.client.address()).isEmpty();
        assertThat(alice.seen).noneMatch(ClientEffect.Lost.class::isInstance);
        assertThat(bob.seen).noneMatch(ClientEffect.Lost.class::isInstance);
        network.loseWhere(_ -> false);
        network.run(Duration.ofSeconds(40));
        assertThat(alice.hasWayTo(bob)).isTrue();
        assertThat(bob.hasWayTo(alice)).isTrue();
    }

    @Test
    void oneLostSignOfLifeIsNoLoss() {
        Network.Device bob = linked(NatType.PORT_RESTRICTED);
        int[] left = {2};
        Predicate<Network.Flight> direct = between(alice, bob);
        network.loseWhere(flight -> direct.test(flight) && left[0]-- > 0);
        network.run(Duration.ofMinutes(2));
        assertThat(left[0]).isNegative();
        assertThat(alice.saw(lost(bob))).isFalse();
        assertThat(bob.saw(lost(alice))).isFalse();
    }

    @Test
    void aWayWithoutAnAnswerIsLostSoonAndOpensAgainWhenTheNetworkHasHealed() {
        Network.Device bob = linked(NatType.PORT_RESTRICTED);
        network.loseWhere(between(alice, bob));
        network.run(Duration.ofSeconds(34));
        assertThat(alice.saw(lost(bob))).isTrue();
        assertThat(bob.saw(lost(alice))).isTrue();
        network.loseWhere(_ -> false);
        alice.connect(bob);
        network.run(Duration.ofSeconds(1));
        assertThat(alice.hasWayTo(bob)).isTrue();
        assertThat(bob.hasWayTo(alice)).isTrue();
    }

    @Test
    void aLostWayIsKeptNoLonger() {
        Network.Device bob = linked(NatType.PORT_RESTRICTED);
        network.loseWhere(between(alice, bob));
        network.run(Duration.ofSeconds(34));
        int before = alice.sent;
        network.run(Duration.ofMinutes(2));
        assertThat(alice.sent - before).isLessThanOrEqualTo(6);
        assertThat(alice.seen.stream().filter(lost(bob)::equals)).hasSize(1);
    }

    /** RFC 6081 section 5.2: its indirect bubble has a nonce, by which it is known at its new port. */
    @Test
    void whoseSymmetricNatForgotTheWayIsFoundAtItsNewPort() {
        Network.Device bob = linked(NatType.SYMMETRIC);
        UdpAddress before = alice.client.wayTo(bob.address(), network.now).orElseThrow();
        bob.nat.forget(alice.address().mapped());
        network.run(Duration.ofSeconds(34));
        assertThat(alice.client.wayTo(bob.address(), network.now)).isPresent().isNotEqualTo(before);
        assertThat(alice.saw(lost(bob))).isFalse();
    }

    @Test
    void whoGetsAnotherAddressLosesItsWaysAtOnce() {
        Network.Device bob = linked(NatType.PORT_RESTRICTED);
        TeredoAddress old = alice.address();
        alice.nat.forget();
        network.run(Duration.ofSeconds(40));
        assertThat(alice.address()).isNotEqualTo(old);
        assertThat(alice.saw(lost(bob))).isTrue();
        assertThat(bob.saw(new ClientEffect.Lost(old))).isTrue();
    }

    @Test
    void aWayThatIsNotOpenCannotBeKept() {
        Network.Device bob = network.device(NatType.FULL_CONE);
        alice.start();
        bob.start();
        network.run(Duration.ofSeconds(1));
        assertThat(alice.client.keep(bob.address())).containsExactly(lost(bob));
    }

    @Test
    void aReleasedWayIsLeftToSilence() {
        Network.Device bob = linked(NatType.PORT_RESTRICTED);
        alice.client.release(bob.address());
        bob.client.release(alice.address());
        network.run(Duration.ofSeconds(31));
        assertThat(alice.hasWayTo(bob)).isFalse();
        assertThat(alice.saw(lost(bob))).isFalse();
    }

    /** Data that goes past the rules keeps a way as data does that comes through them. */
    @Test
    void whereDataComesNobodyIsAskedForASign() {
        Network.Device bob = linked(NatType.PORT_RESTRICTED);
        int before = network.packets;
        for (int i = 0; i < 60; i++) {
            network.run(Duration.ofSeconds(1));
            hear(alice, bob, network.now);
            hear(bob, alice, network.now);
        }
        assertThat(network.packets - before).isLessThanOrEqualTo(3 * 2 * 2); // refreshes and their answers alone
        UdpAddress elsewhere = new UdpAddress(bob.address().mapped().address(), 9);
        assertThat(alice.client.heard(bob.address(), elsewhere, network.now))
                .containsExactly(new ClientEffect.Dropped(Rule.PEER_MAPPING));
    }

    private static void hear(Network.Device one, Network.Device other, Moment now) {
        assertThat(one.client.heard(other.address(), other.address().mapped(), now))
                .isEqualTo(List.of());
    }
}
