package dev.byway.quic.teredo;

import dev.byway.teredo.packet.UdpAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A Teredo server, as its clients know it.
 *
 * @param primary where it is asked first
 * @param secondary its other address, which tells what a NAT does
 */
public record TeredoServers(UdpAddress primary, Optional<UdpAddress> secondary) {
    /** Of the IPv4 addresses that a coordinator advertises; empty when there are none. */
    public static Optional<TeredoServers> of(List<InetAddress> advertised) {
        List<UdpAddress> servers = advertised.stream()
                .map(UdpAddress::number)
                .map(UdpAddress::server)
                .toList();
        return servers.stream()
                .findFirst()
                .map(first -> new TeredoServers(first, servers.stream().skip(1).findFirst()));
    }
}
