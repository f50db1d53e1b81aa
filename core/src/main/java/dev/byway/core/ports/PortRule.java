package dev.byway.core.ports;

import dev.byway.core.fleet.Addresses;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a firewall must let through.
 *
 * @param need the row of the table that it comes from
 * @param port of the end that is connected to
 * @param reach where the other end may be
 * @param host the one at the other end, where it is known: a name or an address
 * @param address this machine's own, where only one is used
 */
public record PortRule(Need need, PortNumber port, Reach reach, Optional<String> host, Optional<InetAddress> address) {
    private static final String HERE = "this machine";

    /** The rules for these circumstances, in the order of the table, with those that are not built yet. */
    public static List<PortRule> all(Circumstances now) {
        return Arrays.stream(Need.values())
                .filter(need -> need.who().includes(now.role()))
                .filter(need -> need.modes().include(now.mode()))
                .filter(need -> need.applies(now))
                .flatMap(need -> need.port().in(now).stream()
                        .map(port -> new PortRule(need, port, need.reach(now), need.host(now), own(need, now))))
                .toList();
    }

    /** Those of {@link #all} that the program uses. */
    public static List<PortRule> built(Circumstances now) {
        return all(now).stream().filter(rule -> rule.need().built()).toList();
    }

    private static Optional<InetAddress> own(Need need, Circumstances now) {
        Optional<InetAddress> address = switch (need) {
            case PEER_IN -> now.peerAddress();
            case SERVICE -> now.serviceAddress();
            default -> Optional.empty();
        };
        return address.filter(one -> !one.isAnyLocalAddress());
    }

    public Way way() {
        return need.way();
    }

    public Transport transport() {
        return need.transport();
    }

    /** Where the first packet comes from, for people and JSON. */
    public String from() {
        return way() == Way.IN ? there() : here();
    }

    /** Where it goes. */
    public String to() {
        return way() == Way.IN ? here() : there();
    }

    private String there() {
        return host.orElse(reach.label());
    }

    private String here() {
        return address.map(Addresses::format).orElse(HERE);
    }
}
