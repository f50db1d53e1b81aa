package dev.byway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressClassTest {
    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, GLOBAL",
        "0.0.0.0, UNSPECIFIED",
        "0.1.2.3, UNSPECIFIED",
        "10.255.255.255, PRIVATE",
        "11.0.0.0, GLOBAL",
        "100.63.255.255, GLOBAL",
        "100.64.0.0, SHARED",
        "100.127.255.255, SHARED",
        "100.128.0.0, GLOBAL",
        "127.1.2.3, LOOPBACK",
        "169.254.169.254, LINK_LOCAL",
        "172.15.255.255, GLOBAL",
        "172.16.0.0, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.0, GLOBAL",
        "192.0.0.8, SPECIAL",
        "192.0.0.9, GLOBAL",
        "192.0.0.170, SPECIAL",
        "192.0.2.1, SPECIAL",
        "192.88.99.1, SPECIAL",
        "192.168.1.1, PRIVATE",
        "198.18.0.1, SPECIAL",
        "198.19.255.255, SPECIAL",
        "198.20.0.0, GLOBAL",
        "198.51.100.1, SPECIAL",
        "203.0.113.1, SPECIAL",
        "224.0.0.251, MULTICAST",
        "239.255.255.255, MULTICAST",
        "240.0.0.1, SPECIAL",
        "255.255.255.255, SPECIAL",
        "::, UNSPECIFIED",
        "::1, LOOPBACK",
        "::2, SPECIAL",
        "::127.0.0.1, SPECIAL",
        "100::1, SPECIAL",
        "2001:db8::1, SPECIAL",
        "2001:2::1, SPECIAL",
        "2001:20::1, GLOBAL",
        "2001:4860:4860::8888, GLOBAL",
        "2a00:1450::1, GLOBAL",
        "3fff::1, SPECIAL",
        "4000::1, SPECIAL",
        "5f00::1, SPECIAL",
        "64:ff9b:1::1, SPECIAL",
        "fc00::1, PRIVATE",
        "fdff::1, PRIVATE",
        "fe80::1, LINK_LOCAL",
        "febf::1, LINK_LOCAL",
        "fec0::1, PRIVATE",
        "ff02::fb, MULTICAST"
    })
    void addressesHaveTheClassOfTheRegistry(String text, AddressClass meaning) {
        assertThat(AddressClass.of(Addresses.parse(text))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:127.0.0.1, LOOPBACK",
        "::ffff:10.0.0.1, PRIVATE",
        "::ffff:8.8.8.8, GLOBAL",
        "64:ff9b::7f00:1, LOOPBACK",
        "64:ff9b::10.0.0.1, PRIVATE",
        "64:ff9b::8.8.8.8, GLOBAL",
        "2002:7f00:1::1, LOOPBACK",
        "2002:c0a8:101::1, PRIVATE",
        "2002:808:808::1, GLOBAL",
        // Teredo: server 8.8.8.8, client 192.168.1.1 and 8.8.4.4 with every bit inverted; server 127.0.0.1
        "2001:0:808:808:0:0:3f57:fefe, PRIVATE",
        "2001:0:808:808:0:0:f7f7:fbfb, GLOBAL",
        "2001:0:7f00:1:0:0:f7f7:fbfb, LOOPBACK"
    })
    void anAddressInsideAnAddressCannotHide(String text, AddressClass meaning) {
        assertThat(AddressClass.of(Addresses.parse(text))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, true",
        "127.0.0.1, false",
        "10.1.2.3, true",
        "10.2.0.0, false",
        "169.254.169.254, false",
        "100.64.0.1, false",
        "0.0.0.0, false",
        "224.0.0.1, false",
        "64:ff9b::10.1.2.3, false",
        "fd00:1::5, true",
        "fd00:2::5, false"
    })
    void egressGoesToTheInternetAndToWhatIsListed(String text, boolean allowed) {
        EgressRule rule = new EgressRule(List.of(Prefix.parse("10.1.0.0/16"), Prefix.parse("fd00:1::/32")));
        assertThat(rule.refusal(Addresses.parse(text)).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void aRefusalSaysWhy() {
        assertThat(new EgressRule(List.of()).refusal(Addresses.parse("169.254.169.254")))
                .contains(AddressClass.LINK_LOCAL);
    }
}
