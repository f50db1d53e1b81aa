package dev.byway.quic.teredo;

import dev.byway.core.nat.NatBehaviour;
import dev.byway.teredo.packet.TeredoAddress;
import java.util.Optional;

/**
 * How a tunnel stands.
 *
 * @param address where this device is met; empty while its server does not say
 * @param nat what the NAT before it was seen to do
 */
public record TunnelState(Optional<TeredoAddress> address, NatBehaviour nat) {
    /** No server has answered. */
    public static final TunnelState NONE = new TunnelState(Optional.empty(), NatBehaviour.UNKNOWN);
}
