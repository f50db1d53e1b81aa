package dev.byway.core.ports;

import dev.byway.core.fleet.Prefix;
import java.util.List;

/**
 * An interface of this machine.
 *
 * @param name as the firewall calls it
 * @param prefixes of its addresses, link-local ones among them
 */
public record Link(String name, List<Prefix> prefixes) {
    public Link {
        prefixes = List.copyOf(prefixes);
    }
}
