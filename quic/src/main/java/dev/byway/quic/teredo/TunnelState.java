package dev.byway.quic.teredo;

import dev.byway.teredo.client.NatMapping;
import dev.byway.teredo.packet.TeredoAddress;
import java.util.Optional;

/**
 * How a tunnel stands.
 *
 * @param address where this device is met; empty while its server does not say
 * @param mapping how its NAT maps
 */
public record TunnelState(Optional<TeredoAddress> address, NatMapping mapping) {
    /** No server has answered. */
    public static final TunnelState NONE = new TunnelState(Optional.empty(), NatMapping.UNKNOWN);
}
