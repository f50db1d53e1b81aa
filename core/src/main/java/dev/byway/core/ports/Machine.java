package dev.byway.core.ports;

import dev.byway.core.fleet.Prefix;
import java.util.List;
import java.util.Optional;

/**
 * What rules for a firewall name of the machine that they are for.
 *
 * @param subnets those of its addresses, without loopback
 * @param program the program that listens, where a firewall can name one
 */
public record Machine(List<Prefix> subnets, Optional<String> program) {
    public Machine {
        subnets = List.copyOf(subnets);
    }
}
