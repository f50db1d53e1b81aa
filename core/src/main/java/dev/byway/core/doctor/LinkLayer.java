package dev.byway.core.doctor;

import dev.byway.core.json.JsonTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a Linux machine knows of the link layer: who answered on it, and where it goes from there.
 *
 * @param answered for each address of the link that was asked for (ARP, RFC 826; RFC 4861), whether anybody answered
 * @param gateways where packets for elsewhere go
 */
public record LinkLayer(Map<String, Boolean> answered, List<String> gateways) {
    private static final Set<String> SILENT = Set.of("FAILED", "INCOMPLETE");

    public LinkLayer {
        answered = Map.copyOf(answered);
        gateways = List.copyOf(gateways);
    }

    /**
     * Reads what the tools print; empty when that is not what they print.
     *
     * @param neighbours {@code ip -j neigh show}
     * @param routes {@code ip -j route show default}
     */
    public static Optional<LinkLayer> parse(String neighbours, String routes) {
        try {
            Map<String, Boolean> answered = new HashMap<>();
            for (JsonNode one : JsonTree.read(neighbours)) {
                boolean silent = one.path("state").valueStream().anyMatch(state -> SILENT.contains(state.asString("")));
                answered.put(one.path("dst").asString(""), !silent);
            }
            List<String> gateways = JsonTree.read(routes)
                    .valueStream()
                    .map(route -> route.path("gateway").asString(""))
                    .filter(gateway -> !gateway.isEmpty())
                    .distinct()
                    .toList();
            return Optional.of(new LinkLayer(answered, gateways));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
