package dev.byway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteRuleTest {
    private static String site(SiteRule rule, String address) {
        return rule.siteOf(Addresses.parse(address)).key();
    }

    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, 93.184.216.34/32",
        "::ffff:93.184.216.34, 93.184.216.34/32",
        "100.64.7.7, 100.64.7.7/32",
        "203.0.113.9, 203.0.113.9/32",
        "10.20.30.40, 10.20.30.0/24",
        "192.168.1.77, 192.168.1.0/24",
        "169.254.3.4, 169.254.0.0/16",
        "127.0.0.3, 127.0.0.0/8",
        "127.9.9.9, 127.0.0.0/8",
        "::1, ::1/128",
        "2a00:1450:4001:82a::200e, 2a00:1450:4001:82a::/64",
        "fd12:3456:789a:1::5, fd12:3456:789a:1::/64",
        "fe80::1:2, fe80::/64",
        "64:ff9b::93.184.216.34, 93.184.216.34/32",
        "2001:0:808:808:0:0:f7f7:fbfb, 8.8.4.4/32"
    })
    void withoutAnyKnowledgeTheAddressDecides(String address, String key) {
        assertThat(site(SiteRule.standard(), address)).isEqualTo(key);
    }

    @Test
    void theOnLinkPrefixThatContainsAPrivateAddressIsItsSite() {
        SiteRule rule = new SiteRule(
                List.of(),
                Stream.of("10.0.0.0/8", "10.20.0.0/16", "fd00::/48")
                        .map(Prefix::parse)
                        .toList(),
                64);
        assertThat(site(rule, "10.20.30.40")).isEqualTo("10.20.0.0/16");
        assertThat(site(rule, "10.99.30.40")).isEqualTo("10.0.0.0/8");
        assertThat(site(rule, "192.168.0.1")).isEqualTo("192.168.0.0/24");
        assertThat(site(rule, "fd00::1:0:0:0:1")).isEqualTo("fd00::/48");
        assertThat(site(rule, "8.8.8.8")).isEqualTo("8.8.8.8/32");
    }

    @Test
    void namesGoBeforeAllElseTheLongestPrefixFirst() {
        SiteRule rule = new SiteRule(
                Stream.of("hq=10.0.0.0/8", "lab=10.7.0.0/16", "hq=2a00:1450::/32", "home=93.184.216.0/24")
                        .map(NamedPrefix::parse)
                        .toList(),
                List.of(),
                64);
        assertThat(site(rule, "10.1.1.1")).isEqualTo("hq");
        assertThat(site(rule, "10.7.1.1")).isEqualTo("lab");
        assertThat(site(rule, "2a00:1450::1")).isEqualTo("hq");
        assertThat(site(rule, "93.184.216.34")).isEqualTo("home");
        assertThat(site(rule, "11.1.1.1")).isEqualTo("11.1.1.1/32");
    }

    @Test
    void theLengthForIpv6IsASetting() {
        assertThat(site(new SiteRule(List.of(), List.of(), 48), "2a00:1450:4001:82a::1"))
                .isEqualTo("2a00:1450:4001::/48");
        assertThatThrownBy(() -> new SiteRule(List.of(), List.of(), 16)).hasMessageContaining("site.ipv6PrefixLength");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "=10.0.0.0/8", "1st=10.0.0.0/8", "a/b=10.0.0.0/8", "a=b", "a=10.0.0.1/8"})
    void aNameCannotBeTakenForAPrefixNorAPrefixBeAmiss(String text) {
        assertThatThrownBy(() -> NamedPrefix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"010.0.0.1", "1.2.3", "2130706433", "0x7f.0.0.1", "localhost", "fe80::1%1", "[::1]", ""})
    void namesAndOddNotationsAreNoAddresses(String text) {
        assertThatThrownBy(() -> Addresses.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "0:0:0:0:0:0:0:0, ::",
        "1:0:0:0:0:0:0:0, 1::",
        "::0.0.0.1, ::1"
    })
    void addressesPrintInTheCanonicalForm(String text, String canonical) {
        assertThat(Addresses.format(Addresses.parse(text))).isEqualTo(canonical);
    }
}
