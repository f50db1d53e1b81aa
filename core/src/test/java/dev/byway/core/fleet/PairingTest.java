package dev.byway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PairingTest {
    @Test
    void devicesOfOneSiteMeetUnlessAGroupStandsBetweenThem() {
        assertThat(pair(PeerScope.SITE, "a", "", PeerScope.SITE, "a", "lab")).isEqualTo(allowed(Relation.SAME_SITE));
        assertThat(pair(PeerScope.GROUP, "a", "lab", PeerScope.SITE, "a", ""))
                .isEqualTo(new Pairing.Refused(Shortage.Reason.OTHER_GROUP));
        assertThat(pair(PeerScope.GROUP, "a", "", PeerScope.GROUP, "a", "")).isEqualTo(allowed(Relation.SAME_SITE));
    }

    @Test
    void aDeviceThatStaysInItsSiteIsNotNamedOutsideIt() {
        for (PeerScope other : PeerScope.values()) {
            assertThat(pair(PeerScope.SITE, "a", "lab", other, "b", "lab"))
                    .isEqualTo(new Pairing.Refused(Shortage.Reason.OTHER_SITE));
        }
    }

    @Test
    void groupsAndFleetsReachAcrossSites() {
        assertThat(pair(PeerScope.GROUP, "a", "lab", PeerScope.GROUP, "b", "lab"))
                .isEqualTo(allowed(Relation.SAME_GROUP));
        assertThat(pair(PeerScope.FLEET, "a", "", PeerScope.FLEET, "b", "lab")).isEqualTo(allowed(Relation.SAME_FLEET));
    }

    @Test
    void twoDevicesThatTakeNoLinksAreNotNamedToEachOther() {
        Presence deaf = new Presence(new Site("a"), "", PeerScope.SITE, false, true);
        assertThat(Pairing.of(deaf, deaf)).isEqualTo(new Pairing.Refused(Shortage.Reason.NOBODY_LISTENS));
        assertThat(Pairing.of(deaf, new Presence(new Site("a"), "", PeerScope.SITE, true, false)))
                .isEqualTo(allowed(Relation.SAME_SITE));
    }

    @Test
    void twoDevicesThatTakeNoLinksMeetThroughATunnelUnlessTheyAreOfOneSite() {
        Presence home = outbound("a", true);
        assertThat(Pairing.of(home, outbound("b", true))).isEqualTo(allowed(Relation.SAME_FLEET));
        assertThat(Pairing.of(home, outbound("b", false)))
                .isEqualTo(new Pairing.Refused(Shortage.Reason.NOBODY_LISTENS));
        assertThat(Pairing.of(home, outbound("a", true)))
                .isEqualTo(new Pairing.Refused(Shortage.Reason.NOBODY_LISTENS));
    }

    private static Presence outbound(String site, boolean tunnels) {
        return new Presence(new Site(site), "", PeerScope.FLEET, false, tunnels);
    }

    @Test
    void isSymmetric() {
        List<Presence> all = Stream.of("a", "b")
                .flatMap(site -> Stream.of("", "x", "y")
                        .flatMap(group -> Stream.of(PeerScope.values())
                                .flatMap(scope -> Stream.of(true, false)
                                        .flatMap(listens -> Stream.of(true, false)
                                                .map(tunnels -> new Presence(
                                                        new Site(site), group, scope, listens, tunnels))))))
                .toList();
        for (Presence one : all) {
            for (Presence other : all) {
                assertThat(Pairing.of(one, other)).isEqualTo(Pairing.of(other, one));
            }
        }
    }

    private static Pairing allowed(Relation relation) {
        return new Pairing.Allowed(relation);
    }

    private static Pairing pair(
            PeerScope scope, String site, String group, PeerScope otherScope, String otherSite, String otherGroup) {
        return Pairing.of(
                new Presence(new Site(site), group, scope, true, false),
                new Presence(new Site(otherSite), otherGroup, otherScope, true, false));
    }
}
