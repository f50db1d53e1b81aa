package dev.byway.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.discovery.InterfaceChoice.Chosen;
import dev.byway.core.discovery.LinkAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterfaceChoiceTest {
    private static final LocalInterface LOOPBACK = local(1, true, true, "127.0.0.1/8", "::1/128");
    private static final LocalInterface WIRE = local(2, false, true, "192.0.2.1/24", "192.0.2.2/24", "fe80::1/64");
    private static final LocalInterface RADIO = local(3, false, true, "198.51.100.1/24");
    private static final LocalInterface TUNNEL = local(4, false, false, "10.8.0.2/24");
    private static final LocalInterface BARE = local(5, false, true);

    @Test
    void withoutAnAddressAllThatCarryMulticastAreUsedButNotTheLoopback() {
        List<Chosen> chosen = choose(Optional.empty(), LOOPBACK, WIRE, RADIO, TUNNEL, BARE);

        assertThat(chosen).extracting(one -> one.link().index()).containsExactly(2, 3);
        assertThat(chosen).extracting(Chosen::ipv6).containsExactly(true, false);
    }

    @Test
    void theLoopbackIsUsedWhenThereIsNoOther() {
        List<Chosen> chosen = choose(Optional.empty(), LOOPBACK, TUNNEL, BARE);

        assertThat(chosen).extracting(one -> one.link().index()).containsExactly(1);
        assertThat(chosen.getFirst().ipv4()).isTrue();
    }

    @Test
    void withAnAddressOnlyItsInterfaceAndFamilyAreUsed() {
        Chosen chosen = choose(Optional.of("192.0.2.1"), LOOPBACK, WIRE, RADIO).getFirst();

        assertThat(chosen.link().index()).isEqualTo(2);
        assertThat(chosen.link().announced()).containsExactly(InetAddress.ofLiteral("192.0.2.1"));
        assertThat(chosen.link().isOnLink(InetAddress.ofLiteral("192.0.2.77"))).isTrue();
        assertThat(chosen.link().isOnLink(InetAddress.ofLiteral("fe80::7"))).isFalse();
        assertThat(chosen.ipv6()).isFalse();
        assertThat(chosen.source()).isEmpty();
    }

    @Test
    void anAddressThatIsNotTheInterfacesFirstIsSentFrom() {
        assertThat(choose(Optional.of("192.0.2.2"), WIRE).getFirst().source())
                .contains(InetAddress.ofLiteral("192.0.2.2"));
    }

    @Test
    void anyLoopbackAddressMeansTheLoopback() {
        Chosen chosen = choose(Optional.of("127.0.0.7"), LOOPBACK, WIRE).getFirst();

        assertThat(chosen.link().index()).isEqualTo(1);
        assertThat(chosen.link().announced()).containsExactly(InetAddress.ofLiteral("127.0.0.7"));
        assertThat(chosen.link().isOnLink(InetAddress.ofLiteral("127.0.0.8"))).isTrue();
        assertThat(chosen.source()).contains(InetAddress.ofLiteral("127.0.0.7"));
    }

    @Test
    void anAddressThatIsNotThereIsNamed() {
        assertThat(choose(Optional.of("192.0.2.99"), LOOPBACK, WIRE)).isEmpty();
        assertThat(choice(Optional.of("192.0.2.99")).nothing())
                .contains("192.0.2.99")
                .contains("peer.address");
    }

    private static List<Chosen> choose(Optional<String> address, LocalInterface... all) {
        return choice(address).from(List.of(all));
    }

    private static InterfaceChoice choice(Optional<String> address) {
        return new InterfaceChoice(address.map(InetAddress::ofLiteral));
    }

    private static LocalInterface local(int index, boolean loopback, boolean multicast, String... addresses) {
        List<LinkAddress> all = new ArrayList<>();
        for (String address : addresses) {
            int slash = address.indexOf('/');
            all.add(new LinkAddress(
                    InetAddress.ofLiteral(address.substring(0, slash)),
                    Integer.parseInt(address.substring(slash + 1))));
        }
        return new LocalInterface(index, "eth" + index, loopback, multicast, all);
    }
}
