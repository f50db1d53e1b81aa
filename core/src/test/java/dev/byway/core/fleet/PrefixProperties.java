package dev.byway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PrefixProperties {
    @Provide
    Arbitrary<InetAddress> addresses() {
        Arbitrary<byte[]> four = Arbitraries.bytes().array(byte[].class).ofSize(4);
        Arbitrary<Byte> mostlyZero = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, Arbitraries.just((byte) 0)), net.jqwik.api.Tuple.of(2, Arbitraries.bytes()));
        Arbitrary<byte[]> sixteen = mostlyZero.array(byte[].class).ofSize(16);
        return Arbitraries.oneOf(four, sixteen).map(Addresses::of);
    }

    @Property
    void formatThenParseIsTheSameAddress(@ForAll("addresses") InetAddress address) {
        assertThat(Addresses.parse(Addresses.format(address))).isEqualTo(address);
    }

    @Property
    void containsIsEqualityOfTheLeadingBits(
            @ForAll("addresses") InetAddress network,
            @ForAll("addresses") InetAddress other,
            @ForAll @IntRange(max = 128) int length) {
        int bits = 8 * network.getAddress().length;
        Assume.that(length <= bits);
        Prefix prefix = new Prefix(network, length);
        boolean same = other.getAddress().length == network.getAddress().length
                && leading(network, length).equals(leading(other, length));
        assertThat(prefix.contains(other)).isEqualTo(same);
        assertThat(prefix.contains(network)).isTrue();
        assertThat(Prefix.parse(prefix.toString())).isEqualTo(prefix);
    }

    private static BigInteger leading(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        return new BigInteger(1, bytes).shiftRight(8 * bytes.length - length);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.of(
                "10", ".", "0", "255", "256", ":", "::", "fe80", "/", "8", "%eth0", "x", "localhost", "-1", " ", "=");
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60), parts.list().ofMaxSize(9).map(list -> String.join("", list)));
    }

    @Property(tries = 5000)
    void anyTextIsAPrefixOrRefused(@ForAll("texts") String text) {
        try {
            Prefix prefix = Prefix.parse(text);
            assertThat(Prefix.parse(prefix.toString())).isEqualTo(prefix);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property
    void everyAddressHasAClassAndASiteAndListedAddressesMayBeReached(@ForAll("addresses") InetAddress address) {
        assertThat(AddressClass.of(address)).isNotNull();
        assertThat(SiteRule.standard().siteOf(address).key()).contains("/");
        assertThat(new EgressRule(List.of(Prefix.host(address))).refusal(address))
                .isEmpty();
        assertThat(new EgressRule(List.of()).refusal(address).isEmpty())
                .isEqualTo(AddressClass.of(address) == AddressClass.GLOBAL);
    }
}
