package dev.byway.agent.discovery;

import dev.byway.core.discovery.Link;
import dev.byway.core.discovery.LinkAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which interfaces are used. Without an address of its own, an agent uses every interface that carries multicast, point
 * to point ones (tunnels, VPNs) left out, and the loopback only when there is no other. With {@code peer.address} it uses
 * the interface that has this address, for this address' family.
 *
 * @param address the only address at which links are taken; empty for all
 */
record InterfaceChoice(Optional<InetAddress> address) {
    /** An interface to use, and how. */
    record Chosen(Link link, boolean ipv4, boolean ipv6, Optional<InetAddress> source) {}

    List<Chosen> from(List<LocalInterface> all) {
        List<LocalInterface> usable =
                all.stream().filter(LocalInterface::multicast).toList();
        if (address.isPresent()) {
            return usable.stream()
                    .filter(local -> local.has(address.get()))
                    .map(local -> only(local, address.get()))
                    .toList();
        }
        List<LocalInterface> real = usable.stream()
                .filter(local -> !local.loopback() && !local.addresses().isEmpty())
                .toList();
        List<LocalInterface> chosen = real.isEmpty()
                ? usable.stream().filter(LocalInterface::loopback).toList()
                : real;
        return chosen.stream().map(InterfaceChoice::whole).toList();
    }

    private static Chosen whole(LocalInterface local) {
        // Linux has no IPv6 multicast route on its loopback, so sends would only fail.
        return new Chosen(local.link(), local.hasIpv4(), local.hasIpv6() && !local.loopback(), Optional.empty());
    }

    private static Chosen only(LocalInterface local, InetAddress address) {
        boolean ipv4 = address instanceof Inet4Address;
        List<LinkAddress> family = local.addresses().stream()
                .filter(own -> (own.address() instanceof Inet4Address) == ipv4)
                .toList();
        Link link = new Link(local.index(), local.name(), family, List.of(address));
        boolean first = !family.isEmpty() && family.getFirst().address().equals(address);
        return new Chosen(link, ipv4, !ipv4, first ? Optional.empty() : Optional.of(address));
    }

    /** Why nothing was chosen. */
    String nothing() {
        return address.map(wanted -> "no network interface that is up has the address " + wanted.getHostAddress()
                        + " (setting peer.address)")
                .orElse("no network interface that carries multicast is up");
    }
}
