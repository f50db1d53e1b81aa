package dev.byway.core.discovery;

import java.net.InetAddress;
import java.util.List;

/**
 * A network interface on which neighbours are looked for.
 *
 * @param index the system's number for it
 * @param name the system's name for it
 * @param addresses its own addresses; who is on-link through them may be a neighbour
 * @param announced the addresses at which this device takes links there, best first
 */
public record Link(int index, String name, List<LinkAddress> addresses, List<InetAddress> announced) {
    public Link {
        addresses = List.copyOf(addresses);
        announced = announced.stream().limit(DiscoveryLimits.ADDRESSES).toList();
    }

    /** Whether {@code address} is reached over this link without a router. */
    public boolean isOnLink(InetAddress address) {
        return addresses.stream().anyMatch(own -> own.reaches(address));
    }

    /** Whether {@code address} is this device itself. */
    public boolean isOwn(InetAddress address) {
        return addresses.stream().anyMatch(own -> own.address().equals(address));
    }

    /**
     * Whether an address that a packet from {@code source} names may be dialled: it must be on-link, and nobody but this
     * device itself may send its own programs to one of its own ports.
     */
    boolean accepts(InetAddress address, InetAddress source) {
        return isOnLink(address) && (!isOwn(address) || isOwn(source));
    }
}
