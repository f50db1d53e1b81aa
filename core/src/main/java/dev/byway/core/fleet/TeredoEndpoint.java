package dev.byway.core.fleet;

import dev.byway.core.nat.NatKind;
import java.net.InetAddress;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a device is met behind its NAT.
 *
 * @param address of Teredo (RFC 4380 section 4)
 * @param nat what stands before it, as it says itself
 */
public record TeredoEndpoint(InetAddress address, NatKind nat) {
    /** @throws IllegalArgumentException when it is not an address of Teredo */
    public TeredoEndpoint {
        Addresses.requireTeredo(address);
    }

    static Optional<TeredoEndpoint> read(Fields fields) {
        NatKind nat = fields.optional("nat", NatKind.MAX_TEXT, NatKind::parse).orElse(NatKind.UNKNOWN);
        return fields.optional("teredo", Addresses.MAX_TEXT, Addresses::parseTeredo)
                .map(address -> new TeredoEndpoint(address, nat));
    }

    void write(ObjectNode node) {
        node.put("teredo", Addresses.format(address)).put("nat", nat.text());
    }
}
