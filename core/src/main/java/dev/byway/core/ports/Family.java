package dev.byway.core.ports;

import dev.byway.core.fleet.Prefix;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Internet protocol: firewalls keep a rule for each. */
enum Family {
    IPV4,
    IPV6;

    static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** Where the other end may be, as prefixes of which none contains another. */
    List<Prefix> prefixes(PortRule rule, List<Prefix> subnets) {
        if (this == IPV6 && rule.need().isOverIpv4()) {
            return List.of();
        }
        Optional<InetAddress> only = rule.host().flatMap(OriginProxy::address);
        if (only.isPresent()) {
            return only.filter(address -> of(address) == this).map(Prefix::host).stream()
                    .toList();
        }
        Stream<Prefix> near = subnets(subnets);
        List<Prefix> all = switch (rule.reach()) {
            case ANYWHERE -> List.of(anywhere());
            case SITE -> Stream.concat(privates().stream(), near).toList();
            case SUBNET ->
                rule.need() == Need.DISCOVERY_OUT
                        ? Stream.concat(near, Stream.of(dnsSd())).toList()
                        : near.toList();
        };
        return all.stream()
                .distinct()
                .filter(one -> all.stream().noneMatch(other -> contains(other, one)))
                .toList();
    }

    /** Those of this family, with what is on every link. */
    Stream<Prefix> subnets(List<Prefix> subnets) {
        return Stream.concat(subnets.stream().filter(subnet -> of(subnet.network()) == this), links().stream());
    }

    private static boolean contains(Prefix outer, Prefix inner) {
        return outer.length() < inner.length() && outer.contains(inner.network());
    }

    private Prefix anywhere() {
        return Prefix.parse(this == IPV4 ? "0.0.0.0/0" : "::/0");
    }

    /** RFC 1918, RFC 4193. */
    private List<Prefix> privates() {
        return switch (this) {
            case IPV4 ->
                Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
                        .map(Prefix::parse)
                        .toList();
            case IPV6 -> List.of(Prefix.parse("fc00::/7"));
        };
    }

    /** Link-local addresses of IPv6, which every interface has (RFC 4291). */
    private List<Prefix> links() {
        return this == IPV4 ? List.of() : List.of(Prefix.parse("fe80::/10"));
    }

    /** The group of multicast DNS (RFC 6762, section 3). */
    Prefix dnsSd() {
        return Prefix.parse(this == IPV4 ? "224.0.0.251/32" : "ff02::fb/128");
    }
}
