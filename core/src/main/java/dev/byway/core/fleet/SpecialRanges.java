package dev.byway.core.fleet;

import static dev.byway.core.fleet.AddressClass.GLOBAL;
import static dev.byway.core.fleet.AddressClass.LINK_LOCAL;
import static dev.byway.core.fleet.AddressClass.LOOPBACK;
import static dev.byway.core.fleet.AddressClass.MULTICAST;
import static dev.byway.core.fleet.AddressClass.PRIVATE;
import static dev.byway.core.fleet.AddressClass.SHARED;
import static dev.byway.core.fleet.AddressClass.SPECIAL;
import static dev.byway.core.fleet.AddressClass.UNSPECIFIED;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;

/**
 * The IANA IPv4 and IPv6 special-purpose address registries as one table; the longest prefix decides. IPv6 outside
 * 2000::/3 has not been handed out as global unicast, so everything there that is not named is special.
 */
final class SpecialRanges {
    private record Range(Prefix prefix, AddressClass meaning) {}

    private static final List<Range> LONGEST_FIRST = List.of(
                    range("0.0.0.0/0", GLOBAL),
                    range("0.0.0.0/8", UNSPECIFIED),
                    range("10.0.0.0/8", PRIVATE),
                    range("100.64.0.0/10", SHARED),
                    range("127.0.0.0/8", LOOPBACK),
                    range("169.254.0.0/16", LINK_LOCAL),
                    range("172.16.0.0/12", PRIVATE),
                    range("192.0.0.0/24", SPECIAL),
                    range("192.0.0.9/32", GLOBAL),
                    range("192.0.0.10/32", GLOBAL),
                    range("192.0.2.0/24", SPECIAL),
                    range("192.88.99.0/24", SPECIAL),
                    range("192.168.0.0/16", PRIVATE),
                    range("198.18.0.0/15", SPECIAL),
                    range("198.51.100.0/24", SPECIAL),
                    range("203.0.113.0/24", SPECIAL),
                    range("224.0.0.0/4", MULTICAST),
                    range("240.0.0.0/4", SPECIAL),
                    range("::/0", SPECIAL),
                    range("::/128", UNSPECIFIED),
                    range("::1/128", LOOPBACK),
                    range("64:ff9b::/96", GLOBAL),
                    range("2000::/3", GLOBAL),
                    range("2001::/23", SPECIAL),
                    range("2001::/32", GLOBAL),
                    range("2001:1::1/128", GLOBAL),
                    range("2001:1::2/128", GLOBAL),
                    range("2001:1::3/128", GLOBAL),
                    range("2001:3::/32", GLOBAL),
                    range("2001:4:112::/48", GLOBAL),
                    range("2001:20::/28", GLOBAL),
                    range("2001:30::/28", GLOBAL),
                    range("2001:db8::/32", SPECIAL),
                    range("3fff::/20", SPECIAL),
                    range("fc00::/7", PRIVATE),
                    range("fe80::/10", LINK_LOCAL),
                    range("fec0::/10", PRIVATE),
                    range("ff00::/8", MULTICAST))
            .stream()
            .sorted(Comparator.comparingInt((Range range) -> range.prefix().length())
                    .reversed())
            .toList();

    private SpecialRanges() {}

    private static Range range(String prefix, AddressClass meaning) {
        return new Range(Prefix.parse(prefix), meaning);
    }

    /** The class of the address as it stands, whatever it carries inside. */
    static AddressClass classOf(InetAddress address) {
        return LONGEST_FIRST.stream()
                .filter(range -> range.prefix().contains(address))
                .findFirst()
                .map(Range::meaning)
                .orElse(SPECIAL);
    }
}
