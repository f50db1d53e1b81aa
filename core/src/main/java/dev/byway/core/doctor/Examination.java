package dev.byway.core.doctor;

import dev.byway.core.account.Reason;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.fleet.Validity;
import dev.byway.core.wire.Hearing;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a running agent finds out about itself and its surroundings, when it is asked to.
 *
 * @param version of the program
 * @param settings the values that it was given, by name; no secrets
 * @param port where it takes links; 0 when it takes none
 * @param portNote why it takes none, or empty text
 * @param downloads what keeps it from fetching anything from peers
 * @param uploads what keeps it from serving peers
 * @param neighbours those of the local network that were tried
 * @param fleet what its coordinator says, if it has joined a fleet
 * @param tunnel what came of looking at the tunnel through NATs
 * @param cache the folder of the cache
 */
public record Examination(
        String version,
        Map<String, String> settings,
        int port,
        String portNote,
        List<Reason> downloads,
        List<Reason> uploads,
        List<Neighbour> neighbours,
        Optional<Fleet> fleet,
        TunnelSeen tunnel,
        String cache) {
    public Examination {
        settings = Map.copyOf(settings);
        downloads = List.copyOf(downloads);
        uploads = List.copyOf(uploads);
        neighbours = List.copyOf(neighbours);
    }

    /** The neighbours that matter: those that somebody asked about, else all. */
    public List<Neighbour> inQuestion() {
        List<Neighbour> asked = neighbours.stream().filter(Neighbour::asked).toList();
        return asked.isEmpty() ? neighbours : asked;
    }

    /**
     * One neighbour.
     *
     * @param device the id that it claims, or its beginning
     * @param address where it takes links, for people; empty text when nobody said
     * @param heard whether DNS-SD found it
     * @param named whether the coordinator named it as of this site
     * @param asked whether somebody asked about this one
     * @param outward dialling it
     * @param inward being dialled by it
     * @param hearing whether DNS-SD tells it of this device, by its own word
     */
    public record Neighbour(
            String device,
            String address,
            boolean heard,
            boolean named,
            boolean asked,
            Trial outward,
            Trial inward,
            Hearing hearing) {
        /** Whether it is known to be on none of this device's links. Whom DNS-SD found is on one, whatever its address. */
        boolean isElsewhere(List<Prefix> subnets) {
            int colon = address.lastIndexOf(':');
            if (heard || colon < 0) {
                return false;
            }
            try {
                InetAddress literal = InetAddress.ofLiteral(address.substring(0, colon));
                return !literal.isLinkLocalAddress() && subnets.stream().noneMatch(subnet -> subnet.contains(literal));
            } catch (IllegalArgumentException e) {
                return false; // a scoped or foreign form: nothing is claimed about it
            }
        }
    }

    /**
     * The coordinator's side of things.
     *
     * @param url of the coordinator
     * @param nearby whom it sees near this device; empty when it did not answer
     * @param refused whether it answered, and refused
     * @param trouble why it did not answer, or refused, or empty text
     * @param routeIn its own attempt to reach this device
     * @param certificate when this device's certificate is valid
     */
    public record Fleet(
            String url,
            Optional<Nearby> nearby,
            boolean refused,
            String trouble,
            Trial routeIn,
            Validity certificate) {}
}
