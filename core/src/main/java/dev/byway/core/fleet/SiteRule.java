package dev.byway.core.fleet;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who is LAN to whom, decided from the address at which a device was observed: from the socket, or from the PROXY
 * protocol of a listed proxy, never from anything that the device says.
 *
 * <p>The idea is that of a home: all that leave through one public IPv4 address share a router. IPv6 has no such
 * address, but one /64 is one link. Where the observer stands inside the network it sees private addresses; there the
 * on-link prefix is the nearest thing to a room. In this order:
 *
 * <ol>
 *   <li>the administrator's prefixes ({@code site.prefixes}), longest first;
 *   <li>a global or provider-shared (CGNAT) IPv4 address is a site of its own; so is any special one;
 *   <li>a global IPv6 address: its prefix of {@code site.ipv6PrefixLength} bits, 64 unless set;
 *   <li>loopback: 127.0.0.0/8 is one site, ::1 another;
 *   <li>private and link-local: the longest known on-link prefix that contains it; if none does, /24 for private IPv4,
 *       /16 for link-local IPv4, and the IPv6 length for IPv6.
 * </ol>
 *
 * A Teredo or NAT64 address counts as the IPv4 address in it: all clients of one Teredo server share a /64 and nothing
 * else. A device seen over IPv4 and its neighbour seen over IPv6 are of different sites unless the administrator names
 * both prefixes alike.
 *
 * @param named the administrator's sites
 * @param onLink prefixes of the observer's own interfaces and others known to be one link
 * @param ipv6PrefixLength 32 to 128
 */
public record SiteRule(List<NamedPrefix> named, List<Prefix> onLink, int ipv6PrefixLength) {
    /** Bits of a private IPv4 address that make a site where no on-link prefix is known. */
    public static final int PRIVATE_IPV4_LENGTH = 24;

    /** Bits of a global IPv6 address that make a site unless set. */
    public static final int DEFAULT_IPV6_LENGTH = 64;

    private static final int LINK_LOCAL_IPV4_LENGTH = 16;
    private static final int LOOPBACK_IPV4_LENGTH = 8;

    public SiteRule {
        if (ipv6PrefixLength < 32 || ipv6PrefixLength > 128) {
            throw new IllegalArgumentException("site.ipv6PrefixLength is 32 to 128, not " + ipv6PrefixLength);
        }
        named = List.copyOf(named);
        onLink = List.copyOf(onLink);
    }

    /** The rule when nothing is set. */
    public static SiteRule standard() {
        return new SiteRule(List.of(), List.of(), DEFAULT_IPV6_LENGTH);
    }

    /** The site of a device that was observed at {@code address}. */
    public Site siteOf(InetAddress address) {
        InetAddress place = EmbeddedAddress.behind(address);
        return namedSite(place).orElseGet(() -> new Site(prefixOf(place).toString()));
    }

    private Optional<Site> namedSite(InetAddress address) {
        return named.stream()
                .filter(site -> site.prefix().contains(address))
                .max(Comparator.comparingInt(site -> site.prefix().length()))
                .map(site -> new Site(site.site()));
    }

    private Prefix prefixOf(InetAddress address) {
        return switch (AddressClass.of(address)) {
            case GLOBAL, SHARED, MULTICAST, UNSPECIFIED, SPECIAL -> cut(address, 32, ipv6PrefixLength);
            case LOOPBACK -> cut(address, LOOPBACK_IPV4_LENGTH, 128);
            case PRIVATE -> link(address).orElseGet(() -> cut(address, PRIVATE_IPV4_LENGTH, ipv6PrefixLength));
            case LINK_LOCAL -> link(address).orElseGet(() -> cut(address, LINK_LOCAL_IPV4_LENGTH, ipv6PrefixLength));
        };
    }

    private Optional<Prefix> link(InetAddress address) {
        return onLink.stream().filter(prefix -> prefix.contains(address)).max(Comparator.comparingInt(Prefix::length));
    }

    private static Prefix cut(InetAddress address, int ipv4Length, int ipv6Length) {
        return new Prefix(address, address instanceof Inet4Address ? ipv4Length : ipv6Length);
    }
}
