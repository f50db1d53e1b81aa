package dev.byway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.nat.NatKind;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeerChoiceTest {
    private static final InetAddress LAN = Addresses.parse("192.168.1.7");
    private static final TeredoEndpoint TUNNEL =
            new TeredoEndpoint(Addresses.parse("2001:0:bc8:202:400:3815:f4ff:fefd"), NatKind.UNKNOWN);
    private static final Presence ANYBODY = new Presence(new Site("home"), "", PeerScope.FLEET, true, true);

    @Test
    void namesTheSameSiteFirstAndNoMoreThanAskedFor() {
        List<Candidate> crowd = IntStream.range(0, 100)
                .mapToObj(i -> device(i, i % 2 == 0 ? "far" : "home", PeerScope.FLEET, "198.51.100.1", 7680))
                .toList();
        PeerChoice choice = PeerChoice.of(device(200, "home", PeerScope.FLEET, "192.0.2.1", 7680), crowd, 60);

        assertThat(choice.peers()).hasSize(60);
        assertThat(choice.peers().subList(0, 50)).allMatch(peer -> peer.relation() == Relation.SAME_SITE);
        assertThat(choice.shortages()).containsExactly(new Shortage(Shortage.Reason.ENOUGH, 40));
    }

    @Test
    void saysHowManyAreInOtherSites() {
        List<Candidate> others = List.of(
                device(1, "a", PeerScope.SITE, "198.51.100.1", 7680),
                device(2, "b", PeerScope.SITE, "198.51.100.2", 7680),
                device(3, "home", PeerScope.SITE, "192.0.2.1", 7680));
        PeerChoice choice = PeerChoice.of(device(9, "home", PeerScope.SITE, "192.0.2.1", 0), others, 32);

        assertThat(choice.peers())
                .extracting(PeerOffer::device)
                .containsExactly(others.get(2).device());
        assertThat(choice.shortages()).containsExactly(new Shortage(Shortage.Reason.OTHER_SITE, 2));
    }

    @Test
    void privateAddressesOfADeviceAreToldToItsSiteOnly() {
        Candidate device = device(1, "home", PeerScope.FLEET, "198.51.100.1", 7680);

        assertThat(device.offer(Relation.SAME_SITE, ANYBODY).endpoints())
                .containsExactly(new Endpoint(device.observed(), 7680), new Endpoint(LAN, 7680));
        assertThat(device.offer(Relation.SAME_GROUP, ANYBODY).endpoints())
                .containsExactly(new Endpoint(device.observed(), 7680));
    }

    @Test
    void anAddressThatADeviceInventsIsNotHandedOut() {
        for (String invented : List.of("203.0.113.9", "127.0.0.1", "169.254.1.1", "224.0.0.251", "8.8.8.8")) {
            Candidate liar = new Candidate(
                    DeviceId.ofPublicKey(new byte[] {1}),
                    new Presence(new Site("home"), "", PeerScope.FLEET, true, false),
                    Addresses.parse("198.51.100.1"),
                    List.of(Addresses.parse(invented)),
                    7680,
                    Optional.empty());
            assertThat(liar.offer(Relation.SAME_SITE, ANYBODY).endpoints())
                    .as(invented)
                    .hasSize(1);
        }
    }

    @Test
    void aTeredoAddressIsForThoseOfOtherSitesThatHaveOneToo() {
        Candidate one = tunnelled(1, "a");

        PeerChoice choice = PeerChoice.of(
                one, List.of(tunnelled(2, "b"), tunnelled(3, "a"), device(4, "c", PeerScope.FLEET, "8.8.8.8", 1)), 9);
        assertThat(choice.peers()).extracting(PeerOffer::teredo).containsExactly(Optional.of(TUNNEL), Optional.empty());
        assertThat(choice.peers().getFirst().endpoints()).isEmpty();
        assertThat(choice.shortages()).containsExactly(new Shortage(Shortage.Reason.NOBODY_LISTENS, 1));

        Candidate without = device(9, "z", PeerScope.FLEET, "8.8.4.4", 7680);
        assertThat(PeerChoice.of(without, List.of(one), 9).peers())
                .singleElement()
                .satisfies(offer -> assertThat(offer.saysWhere()).isFalse());
    }

    private static Candidate tunnelled(int number, String site) {
        return new Candidate(
                DeviceId.ofPublicKey(new byte[] {(byte) number}),
                new Presence(new Site(site), "", PeerScope.FLEET, false, true),
                Addresses.parse("198.51.100.1"),
                List.of(),
                0,
                Optional.of(TUNNEL));
    }

    @Test
    void loopbackNeverLeavesTheSite() {
        Candidate device = device(1, "home", PeerScope.FLEET, "127.0.0.2", 7680);
        assertThat(device.offer(Relation.SAME_FLEET, ANYBODY).endpoints()).isEmpty();
        assertThat(device.offer(Relation.SAME_SITE, ANYBODY).endpoints()).isNotEmpty();
    }

    @Test
    void aDeviceThatTakesNoLinksIsNamedWithoutAnAddress() {
        Candidate deaf = device(1, "home", PeerScope.SITE, "192.0.2.1", 0);
        assertThat(deaf.offer(Relation.SAME_SITE, ANYBODY).endpoints()).isEmpty();
    }

    private static Candidate device(int number, String site, PeerScope scope, String observed, int port) {
        return new Candidate(
                DeviceId.ofPublicKey(new byte[] {(byte) number}),
                new Presence(new Site(site), "", scope, port > 0, false),
                Addresses.parse(observed),
                List.of(LAN),
                port,
                Optional.empty());
    }
}
