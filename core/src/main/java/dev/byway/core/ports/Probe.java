package dev.byway.core.ports;

import dev.byway.core.fleet.Addresses;
import dev.byway.core.fleet.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first packet of a connection, as a firewall's rules see it, over an interface that is not loopback.
 *
 * @param port the destination's
 * @param far where the other end may be
 * @param near this machine's own address, where only one is used, or the group that it is in
 * @param toGroup whether it comes in for a group, as discovery does
 * @param links the interfaces of which it goes over one; empty when they are not known
 */
record Probe(
        Way way,
        Family family,
        Transport transport,
        Span port,
        List<Span> far,
        Optional<Span> near,
        boolean toGroup,
        Set<String> links) {
    private static final Prefix ALL_OF_IPV6 = Prefix.parse("::/0");

    /** Anywhere in IPv6: global unicast (RFC 4291) but 6to4 (RFC 7526), which firewalls refuse by themselves. */
    private static final List<Span> INTERNET = List.of(
            Span.of(Addresses.parse("2000::"), Addresses.parse("2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff")),
            Span.of(Addresses.parse("2003::"), Addresses.parse("3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")));

    /** One for each prefix of the opening. */
    static List<Probe> of(Opening opening, Machine machine) {
        Span port = switch (opening.rule().port()) {
            case PortNumber.One(int number) -> Span.ports(number, number);
            case PortNumber.Any() -> Span.ALL_PORTS;
        };
        boolean toGroup = opening.rule().need() == Need.DISCOVERY_IN;
        Optional<Span> near = toGroup
                ? Optional.of(Span.of(opening.family().dnsSd()))
                : opening.rule().address().map(address -> Span.of(address, address));
        return opening.far().stream()
                .map(far -> new Probe(
                        opening.way(),
                        opening.family(),
                        opening.rule().transport(),
                        port,
                        far.equals(ALL_OF_IPV6) ? INTERNET : List.of(Span.of(far)),
                        near,
                        toGroup,
                        machine.links(far)))
                .toList();
    }
}
