package dev.byway.core.ports;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first packet of a connection, as a firewall's rules see it, over an interface that is not loopback.
 *
 * @param port the destination's
 * @param far the other end
 * @param near this machine's own address, where only one is used
 * @param links the interfaces of which it goes over one; empty when they are not known
 */
record Probe(Way way, Family family, Transport transport, Span port, Span far, Optional<Span> near, Set<String> links) {
    /** One for each prefix of the opening. */
    static List<Probe> of(Opening opening, Machine machine) {
        Span port = switch (opening.rule().port()) {
            case PortNumber.One(int number) -> Span.ports(number, number);
            case PortNumber.Any() -> Span.ALL_PORTS;
        };
        Optional<Span> near = opening.rule().address().map(address -> Span.of(address, address));
        return opening.far().stream()
                .map(far -> new Probe(
                        opening.way(),
                        opening.family(),
                        opening.rule().transport(),
                        port,
                        Span.of(far),
                        near,
                        machine.links(far)))
                .toList();
    }
}
