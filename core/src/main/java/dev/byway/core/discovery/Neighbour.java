package dev.byway.core.discovery;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A device on a local link, as far as packets tell that anybody there could have sent. Only a handshake proves more.
 *
 * @param instance 32 hexadecimal digits that name its process; another run has another name
 * @param device its device id or a prefix of it: 8 to 64 lower-case hexadecimal digits
 * @param addresses where to dial, 1 to {@link DiscoveryLimits#ADDRESSES}, each on-link for the interface that heard it;
 *     IPv6 link-local ones carry their scope
 * @param interfaceName network interface of the first address
 */
public record Neighbour(String instance, String device, List<InetSocketAddress> addresses, String interfaceName) {
    public Neighbour {
        addresses = List.copyOf(addresses);
    }
}
