package dev.byway.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class LinkAddressTest {
    @Test
    void reachesTheHostsOfItsPrefixAndNoOthers() {
        assertThat(reaches("192.0.2.130", 25, "192.0.2.129")).isTrue();
        assertThat(reaches("192.0.2.130", 25, "192.0.2.254")).isTrue();
        assertThat(reaches("192.0.2.130", 25, "192.0.2.127")).isFalse();
        assertThat(reaches("192.0.2.130", 25, "192.0.3.130")).isFalse();
        assertThat(reaches("fd00::1", 64, "fd00::ffff")).isTrue();
        assertThat(reaches("fd00::1", 64, "fd00:0:0:1::1")).isFalse();
        assertThat(reaches("fd00::1", 61, "fd00:0:0:7::1")).isTrue();
        assertThat(reaches("fd00::1", 61, "fd00:0:0:8::1")).isFalse();
    }

    @Test
    void theNetworkAndBroadcastAddressesAreNoHosts() {
        assertThat(reaches("192.0.2.130", 25, "192.0.2.128")).isFalse();
        assertThat(reaches("192.0.2.130", 25, "192.0.2.255")).isFalse();
        assertThat(reaches("192.0.2.2", 31, "192.0.2.3")).isTrue();
        assertThat(reaches("255.255.255.1", 8, "255.255.255.255")).isFalse();
    }

    @Test
    void multicastAndUnspecifiedAddressesAreNoHosts() {
        assertThat(reaches("230.0.0.1", 4, "224.0.0.251")).isFalse();
        assertThat(reaches("ff02::1", 8, "ff02::fb")).isFalse();
        assertThat(reaches("::1", 1, "::")).isFalse();
    }

    @Test
    void aPrefixOfLengthZeroReachesNobody() {
        assertThat(reaches("192.0.2.1", 0, "192.0.2.2")).isFalse();
        assertThat(reaches("fd00::1", 0, "fd00::2")).isFalse();
    }

    @Test
    void aSingleAddressReachesOnlyItself() {
        assertThat(reaches("192.0.2.1", 32, "192.0.2.1")).isTrue();
        assertThat(reaches("192.0.2.1", 32, "192.0.2.2")).isFalse();
    }

    @Test
    void familiesDoNotMix() {
        assertThat(reaches("192.0.2.1", 8, "fd00::1")).isFalse();
        assertThat(reaches("c000::1", 8, "192.0.2.1")).isFalse();
    }

    @Test
    void anImpossibleLengthIsRefused() {
        assertThatThrownBy(() -> reaches("192.0.2.1", 33, "192.0.2.1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reaches("fd00::1", -1, "fd00::1")).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean reaches(String own, int length, String other) {
        return new LinkAddress(InetAddress.ofLiteral(own), length).reaches(InetAddress.ofLiteral(other));
    }
}
