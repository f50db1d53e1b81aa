package dev.byway.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.fleet.Prefix;
import dev.byway.core.policy.Answer;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterTest {
    private static final List<String> KEYWORDS = List.of("VPN", "Secure", "Virtual Private Network");

    private static Adapter named(String name, String description) {
        return new Adapter(name, description, false, List.of(), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "1,INTERFACE=eth0,'',false",
        "65534,INTERFACE=tun0,0x1001,true",
        "65534,INTERFACE=tun0,0x4001,true",
        "1,INTERFACE=vnet3,0x1002,false",
        "65534,DEVTYPE=wireguard,'',true",
        "65534,INTERFACE=wwan0,'',false",
        "512,INTERFACE=ppp0,'',true",
        "772,INTERFACE=lo,'',false",
        "nonsense,'',0x,false"
    })
    void theKindOfALinuxAdapterTells(String type, String uevent, String tunFlags, boolean tunnel) {
        String lines = uevent + "\nIFINDEX=5\n";
        assertThat(Adapter.isTunnel(type + "\n", lines, tunFlags + "\n")).isEqualTo(tunnel);
    }

    @Test
    void keywordsAreLookedForInNameAndDescription() {
        assertThat(named("corpvpn0", "").isVpn(KEYWORDS)).isTrue();
        assertThat(named("eth7", "Acme SECURE Access").isVpn(KEYWORDS)).isTrue();
        assertThat(named("eth0", "Intel Ethernet").isVpn(KEYWORDS)).isFalse();
        assertThat(named("eth0", "").isVpn(List.of("", " "))).isFalse();
        assertThat(named("corpvpn0", "").isVpn(List.of())).isFalse();
    }

    @Test
    void aPeerIsOnALinkWhenItsPrefixContainsIt() {
        Adapter adapter = new Adapter("eth0", "", false, List.of(), List.of(Prefix.parse("10.1.2.0/24")));
        assertThat(adapter.isOnLink(InetAddress.ofLiteral("10.1.2.200"))).isTrue();
        assertThat(adapter.isOnLink(InetAddress.ofLiteral("10.1.3.1"))).isFalse();
        assertThat(adapter.isOnLink(InetAddress.ofLiteral("fe80::1"))).isFalse();
        Adapter everything = new Adapter("tun0", "", true, List.of(), List.of(Prefix.parse("0.0.0.0/0")));
        assertThat(everything.isOnLink(InetAddress.ofLiteral("10.1.3.1"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "yes,YES",
        "yes (guessed),YES",
        "no,NO",
        "no (guessed),NO",
        "unknown,UNKNOWN",
        "'',UNKNOWN",
        "ja,UNKNOWN"
    })
    void networkManagersWordForAPrice(String printed, Answer answer) {
        assertThat(Metered.ofNetworkManager(printed + "\n")).isEqualTo(answer);
    }
}
