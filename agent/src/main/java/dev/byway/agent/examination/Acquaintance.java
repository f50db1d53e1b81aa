package dev.byway.agent.examination;

import dev.byway.agent.peering.PeerLink;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Endpoint;
import dev.byway.core.fleet.PeerOffer;
import dev.byway.core.swarm.Neighbours;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device that is said to be near.
 *
 * @param device the id that it claims, or its beginning
 * @param addresses where it takes links
 * @param heard whether DNS-SD found it
 * @param named whether the coordinator named it
 * @param asked whether somebody asked about this one
 */
record Acquaintance(String device, List<InetSocketAddress> addresses, boolean heard, boolean named, boolean asked) {
    Acquaintance {
        addresses = List.copyOf(addresses);
    }

    /** Brings together what was heard and who was named, a device once; those known both ways first. */
    static List<Acquaintance> of(List<Neighbours.Known> heard, List<PeerOffer> named, int most) {
        List<Acquaintance> both = new ArrayList<>();
        List<Acquaintance> rest = new ArrayList<>();
        for (Neighbours.Known known : heard) {
            boolean also = named.stream().anyMatch(offer -> isSame(offer, known));
            (also ? both : rest).add(new Acquaintance(fullId(known, named), known.addresses(), true, also, false));
        }
        for (PeerOffer offer : named) {
            if (heard.stream().noneMatch(known -> isSame(offer, known))) {
                List<InetSocketAddress> addresses = offer.endpoints().stream()
                        .map(endpoint -> new InetSocketAddress(endpoint.address(), endpoint.port()))
                        .toList();
                rest.add(new Acquaintance(offer.device().toString(), addresses, false, true, false));
            }
        }
        both.addAll(rest);
        return both.stream().limit(most).toList();
    }

    /** With the one that is asked about first, who may be among them or a stranger; with the others as they are. */
    static List<Acquaintance> asked(List<Endpoint> peer, List<Acquaintance> near) {
        if (peer.isEmpty()) {
            return near;
        }
        List<InetSocketAddress> addresses = peer.stream()
                .map(endpoint -> new InetSocketAddress(endpoint.address(), endpoint.port()))
                .toList();
        Optional<Acquaintance> known = near.stream()
                .filter(one -> one.addresses().stream().anyMatch(addresses::contains))
                .findFirst();
        List<Acquaintance> all = new ArrayList<>();
        all.add(new Acquaintance(
                known.map(Acquaintance::device).orElse(""),
                addresses,
                known.filter(Acquaintance::heard).isPresent(),
                known.filter(Acquaintance::named).isPresent(),
                true));
        near.stream().filter(one -> !known.equals(Optional.of(one))).forEach(all::add);
        return all;
    }

    /** Whether a link is with this one; of a stranger only the address is known. */
    boolean isAt(PeerLink link) {
        return device.isEmpty()
                ? addresses.stream().anyMatch(address -> address.getAddress().equals(link.address()))
                : link.device().toString().startsWith(device);
    }

    private static boolean isSame(PeerOffer offer, Neighbours.Known known) {
        return !known.hint().isEmpty() && offer.device().toString().startsWith(known.hint());
    }

    private static String fullId(Neighbours.Known known, List<PeerOffer> named) {
        return named.stream()
                .filter(offer -> isSame(offer, known))
                .map(offer -> offer.device().toString())
                .findFirst()
                .orElse(known.hint());
    }

    /** The whole id, where it is known. */
    Optional<DeviceId> id() {
        return device.length() == 64 ? Optional.of(DeviceId.parse(device)) : Optional.empty();
    }

    /** For people. */
    String name() {
        return addresses.isEmpty()
                ? ""
                : addresses.getFirst().getAddress().getHostAddress() + ":"
                        + addresses.getFirst().getPort();
    }
}
