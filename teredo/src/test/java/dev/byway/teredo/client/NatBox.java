package dev.byway.teredo.client;

import dev.byway.teredo.packet.UdpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A NAT for one device, as RFC 4787 describes its four usual kinds. */
final class NatBox {
    private final NatType type;
    private final int address;
    private final Map<Object, Integer> ports = new HashMap<>();
    private final Map<Integer, Set<UdpAddress>> sentTo = new HashMap<>();
    private int lastPort = 40_000;
    boolean hairpin;

    NatBox(NatType type, int address) {
        this.type = type;
        this.address = address;
    }

    /** A packet goes out; where it seems to come from. */
    UdpAddress out(UdpAddress to) {
        Object key = type == NatType.SYMMETRIC ? to : "all";
        int port = ports.computeIfAbsent(key, _ -> lastPort += 7);
        sentTo.computeIfAbsent(port, _ -> new HashSet<>()).add(to);
        return new UdpAddress(address, port);
    }

    /** Whether a packet to this port gets in. */
    boolean letsIn(UdpAddress from, int port) {
        Set<UdpAddress> sent = sentTo.getOrDefault(port, Set.of());
        return !sent.isEmpty()
                && switch (type) {
                    case FULL_CONE -> true;
                    case RESTRICTED -> sent.stream().anyMatch(to -> to.address() == from.address());
                    case PORT_RESTRICTED, SYMMETRIC -> sent.contains(from);
                };
    }

    boolean isAt(UdpAddress to) {
        return to.address() == address;
    }

    /** The mapping for one remote end is forgotten, as a symmetric NAT does after silence. */
    void forget(UdpAddress to) {
        Integer port = ports.remove(to);
        if (port != null) {
            sentTo.remove(port);
        }
    }

    /** The router was restarted: it knows nothing any more, and takes other ports. */
    void forget() {
        ports.clear();
        sentTo.clear();
        lastPort += 1000;
    }
}
