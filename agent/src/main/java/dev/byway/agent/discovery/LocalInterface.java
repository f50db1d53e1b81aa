package dev.byway.agent.discovery;

import dev.byway.core.discovery.Link;
import dev.byway.core.discovery.LinkAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Objects;

/**
 * What matters of a network interface of this machine at one time.
 *
 * @param index the system's number, positive
 * @param name the system's name
 * @param loopback whether it leads nowhere but back
 * @param multicast whether it is up and carries multicast to more than one other host; true for a loopback that is up
 * @param addresses its addresses, in the system's order
 */
record LocalInterface(int index, String name, boolean loopback, boolean multicast, List<LinkAddress> addresses) {
    LocalInterface {
        addresses = List.copyOf(addresses);
    }

    /**
     * All interfaces of this machine now.
     *
     * @throws SocketException when the system does not tell
     */
    static List<LocalInterface> all() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(system -> system.getIndex() > 0)
                .map(LocalInterface::of)
                .toList();
    }

    private static LocalInterface of(NetworkInterface system) {
        List<LinkAddress> addresses = system.getInterfaceAddresses().stream()
                .filter(Objects::nonNull)
                .map(LocalInterface::linkAddress)
                .toList();
        try {
            boolean loopback = system.isLoopback();
            boolean multicast = system.isUp() && (loopback || (system.supportsMulticast() && !system.isPointToPoint()));
            return new LocalInterface(system.getIndex(), system.getName(), loopback, multicast, addresses);
        } catch (SocketException _) { // It went away meanwhile.
            return new LocalInterface(system.getIndex(), system.getName(), false, false, addresses);
        }
    }

    private static LinkAddress linkAddress(InterfaceAddress address) {
        InetAddress ip = address.getAddress();
        return new LinkAddress(ip, Math.clamp(address.getNetworkPrefixLength(), 0, 8 * ip.getAddress().length));
    }

    boolean has(InetAddress address) {
        return (loopback && address.isLoopbackAddress())
                || addresses.stream().anyMatch(own -> own.address().equals(address));
    }

    boolean hasIpv4() {
        return addresses.stream().anyMatch(own -> own.address() instanceof Inet4Address);
    }

    boolean hasIpv6() {
        return addresses.stream().anyMatch(own -> own.address() instanceof Inet6Address);
    }

    /** The interface as a link on which this device takes connections at all its addresses. */
    Link link() {
        return new Link(
                index,
                name,
                addresses,
                addresses.stream().map(LinkAddress::address).toList());
    }
}
