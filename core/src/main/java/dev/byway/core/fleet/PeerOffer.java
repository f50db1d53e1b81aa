package dev.byway.core.fleet;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A device that another one may link with.
 *
 * @param device whose key the link has to prove
 * @param endpoints where it takes links, best first; empty when it takes none and has to be asked to dial instead
 * @param teredo where it is met behind its NAT, for devices of other sites that have one too
 * @param relation how near it is
 */
public record PeerOffer(DeviceId device, List<Endpoint> endpoints, Optional<TeredoEndpoint> teredo, Relation relation) {
    private static final int MAX_ENDPOINTS = FleetLimits.LOCAL_ADDRESSES + 1;

    public PeerOffer {
        endpoints = List.copyOf(endpoints);
        if (endpoints.size() > MAX_ENDPOINTS) {
            throw new IllegalArgumentException("a device has at most " + MAX_ENDPOINTS + " endpoints");
        }
    }

    /** Whether it says where the device could be reached. */
    public boolean saysWhere() {
        return !endpoints.isEmpty() || teredo.isPresent();
    }

    static PeerOffer read(Fields fields) {
        return new PeerOffer(
                fields.device("device"),
                fields.list("endpoints", MAX_ENDPOINTS, Endpoint::read),
                TeredoEndpoint.read(fields),
                fields.oneOf(Relation.class, "relation"));
    }

    ObjectNode json() {
        ObjectNode node = Json.object().put("device", device.toString()).put("relation", Fields.word(relation));
        node.set("endpoints", Json.objects(endpoints, Endpoint::json));
        teredo.ifPresent(endpoint -> endpoint.write(node));
        return node;
    }
}
