package dev.byway.teredo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All pairings of NATs, whoever starts: thirteen of sixteen meet, at once and without a wait for a lost packet. */
class PairingsTest {
    private final Network network = new Network(1);

    static Stream<Arguments> pairings() {
        return Arrays.stream(NatType.values())
                .flatMap(a -> Arrays.stream(NatType.values()).map(b -> Arguments.of(a, b)));
    }

    /** RFC 6081 section 3: what no rule can open, without UPnP and without guessing ports. */
    private static boolean canMeet(NatType a, NatType b) {
        boolean symmetric = a == NatType.SYMMETRIC || b == NatType.SYMMETRIC;
        NatType other = a == NatType.SYMMETRIC ? b : a;
        return !symmetric || other == NatType.FULL_CONE || other == NatType.RESTRICTED;
    }

    private Network.Device qualified(NatType type) {
        Network.Device device = network.device(type);
        device.start();
        network.run(Duration.ofSeconds(3));
        return device;
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void theyMeetWhereverAWayExists(NatType a, NatType b) {
        Network.Device one = qualified(a);
        Network.Device two = qualified(b);
        one.connect(two);
        network.run(Duration.ofMillis(200));
        assertThat(one.hasWayTo(two)).isEqualTo(canMeet(a, b));
        assertThat(two.hasWayTo(one)).isEqualTo(canMeet(a, b));
        assertThat(one.seen.stream().anyMatch(ClientEffect.Open.class::isInstance))
                .isEqualTo(canMeet(a, b));
        network.run(Duration.ofSeconds(10));
        assertThat(one.seen.contains(new ClientEffect.Unreachable(two.address())))
                .isNotEqualTo(canMeet(a, b));
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void bothAtOnceMeetAsWell(NatType a, NatType b) {
        Network.Device one = qualified(a);
        Network.Device two = qualified(b);
        one.connect(two);
        two.connect(one);
        network.run(Duration.ofMillis(200));
        assertThat(one.hasWayTo(two)).isEqualTo(canMeet(a, b));
        assertThat(two.hasWayTo(one)).isEqualTo(canMeet(a, b));
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void aPairTalksLittle(NatType a, NatType b) {
        Network.Device one = qualified(a);
        Network.Device two = qualified(b);
        int before = network.packets;
        one.connect(two);
        network.run(Duration.ofMillis(500));
        assertThat(network.packets - before).isLessThanOrEqualTo(12);
    }
}
