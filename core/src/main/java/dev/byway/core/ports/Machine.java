package dev.byway.core.ports;

import dev.byway.core.fleet.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What rules for a firewall name of the machine that they are for.
 *
 * @param links its interfaces, without loopback
 * @param program the program that listens, where a firewall can name one
 */
public record Machine(List<Link> links, Optional<String> program) {
    public Machine {
        links = List.copyOf(links);
    }

    /** The subnets that it is in; a link-local address is in none. */
    public List<Prefix> subnets() {
        return links.stream()
                .flatMap(link -> link.prefixes().stream())
                .filter(prefix -> !prefix.network().isLinkLocalAddress())
                .distinct()
                .toList();
    }

    /** Whether it has addresses of this family. Without any address at all, it may get one of either. */
    boolean has(Family family) {
        List<Prefix> all =
                links.stream().flatMap(link -> link.prefixes().stream()).toList();
        return all.isEmpty() || all.stream().anyMatch(prefix -> Family.of(prefix.network()) == family);
    }

    /** The interfaces over which packets to or from there go: those in that subnet, or else any. */
    Set<String> links(Prefix far) {
        Set<String> near = names(
                links.stream().filter(link -> link.prefixes().contains(far)).toList());
        return near.isEmpty() ? names(links) : near;
    }

    private static Set<String> names(List<Link> links) {
        return links.stream().map(Link::name).collect(Collectors.toUnmodifiableSet());
    }
}
