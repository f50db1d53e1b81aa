package dev.byway.core.fleet;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device that might be named to another.
 *
 * @param device who
 * @param presence where it stands
 * @param observed the address it was seen at
 * @param localAddresses the private addresses it states
 * @param port where it takes links, 0 when it takes none
 * @param teredo where it is met behind its NAT, as far as the coordinator has seen it itself
 */
public record Candidate(
        DeviceId device,
        Presence presence,
        InetAddress observed,
        List<InetAddress> localAddresses,
        int port,
        Optional<TeredoEndpoint> teredo) {
    public Candidate {
        localAddresses = List.copyOf(localAddresses);
    }

    /**
     * How this device is described to another of that relation. The address it was seen at is the only one that counts as known;
     * private ones that it states for itself are told to its own site only, and an address that means something on one
     * machine or one link only never leaves the site. The
     * Teredo address is for other sites, and of use only to who has one.
     */
    PeerOffer offer(Relation relation, Presence to) {
        List<Endpoint> endpoints = new ArrayList<>();
        if (port > 0) {
            AddressClass kind = AddressClass.of(observed);
            boolean travels = kind != AddressClass.LOOPBACK && kind != AddressClass.LINK_LOCAL;
            if (travels || relation == Relation.SAME_SITE) {
                endpoints.add(new Endpoint(observed, port));
            }
            if (relation == Relation.SAME_SITE) {
                localAddresses.stream()
                        .filter(address ->
                                AddressClass.of(address) == AddressClass.PRIVATE && !address.equals(observed))
                        .forEach(address -> endpoints.add(new Endpoint(address, port)));
            }
        }
        Optional<TeredoEndpoint> tunnel = teredo.filter(_ -> relation != Relation.SAME_SITE && to.tunnels());
        return new PeerOffer(device, endpoints, tunnel, relation);
    }
}
