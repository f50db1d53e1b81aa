package dev.byway.core.fleet;

import dev.byway.core.content.ContentId;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who has a content that a device wants.
 *
 * @param content which
 * @param complete how many other devices hold all of it
 * @param partial how many other devices hold or fetch some of it
 * @param peers whom to dial: at most {@link FleetLimits#PEERS}, at random, those of the same site first
 * @param shortages why devices that have it are not named
 */
public record ContentPeers(
        ContentId content, int complete, int partial, List<PeerOffer> peers, List<Shortage> shortages) {
    public ContentPeers {
        peers = List.copyOf(peers);
        shortages = List.copyOf(shortages);
        if (peers.size() > FleetLimits.PEERS || shortages.size() > FleetLimits.SHORTAGES) {
            throw new IllegalArgumentException(
                    "at most " + FleetLimits.PEERS + " peers and " + FleetLimits.SHORTAGES + " reasons for a content");
        }
    }

    /** For a person, why nobody is named: "3 devices hold this or fetch it: 2 in other sites, 1 in another match group". */
    public String whyNobody() {
        int others = complete + partial;
        String reasons = shortages.stream().map(Shortage::phrase).collect(Collectors.joining(", "));
        if (others == 0) {
            return reasons;
        }
        String holders = others == 1 ? "1 device holds this or fetches it" : others + " devices hold this or fetch it";
        return reasons.isEmpty() ? holders : holders + ": " + reasons;
    }

    static ContentPeers read(Fields fields) {
        return new ContentPeers(
                fields.content("content"),
                fields.integer("complete", 0, Integer.MAX_VALUE),
                fields.integer("partial", 0, Integer.MAX_VALUE),
                fields.list("peers", FleetLimits.PEERS, PeerOffer::read),
                fields.list("shortages", FleetLimits.SHORTAGES, Shortage::read));
    }

    ObjectNode json() {
        ObjectNode node = Json.object()
                .put("content", content.toString())
                .put("complete", complete)
                .put("partial", partial);
        node.set("peers", Json.objects(peers, PeerOffer::json));
        node.set("shortages", Json.objects(shortages, Shortage::json));
        return node;
    }
}
