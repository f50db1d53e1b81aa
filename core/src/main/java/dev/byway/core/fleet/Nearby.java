package dev.byway.core.fleet;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a {@link NearbyRequest}. Names devices that the asker may link with, and of the others only their number.
 *
 * @param observed the address the device was seen at
 * @param site the site it belongs to, for people
 * @param peers random devices of its site that it may link with, at most {@link NearbyRequest#MAX}
 * @param shortages why other devices of its site are not named
 * @param elsewhere those of the devices it sees that the coordinator sees at another site
 * @param holders other devices that it may link with and that hold the content asked for, or a part of it; empty when none was
 *     asked for, or it may not know of that content
 */
public record Nearby(
        InetAddress observed,
        Site site,
        List<PeerOffer> peers,
        List<Shortage> shortages,
        List<DeviceId> elsewhere,
        OptionalInt holders)
        implements Message {
    public Nearby {
        peers = List.copyOf(peers);
        shortages = List.copyOf(shortages);
        elsewhere = List.copyOf(elsewhere);
    }

    /** Reads a message; see {@link Message}. */
    public static Nearby read(byte[] body) {
        return Fields.read(
                body,
                fields -> new Nearby(
                        fields.parsed("observed", Addresses.MAX_TEXT, Addresses::parse),
                        fields.parsed("site", 64, Site::new),
                        fields.list("peers", NearbyRequest.MAX, PeerOffer::read),
                        fields.list("shortages", FleetLimits.SHORTAGES, Shortage::read),
                        fields.texts("elsewhere", NearbyRequest.MAX, 64, DeviceId::parse),
                        fields.has("holders")
                                ? OptionalInt.of(fields.integer("holders", 0, Integer.MAX_VALUE))
                                : OptionalInt.empty()));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node =
                Json.object().put("observed", Addresses.format(observed)).put("site", site.key());
        node.set("peers", Json.objects(peers, PeerOffer::json));
        node.set("shortages", Json.objects(shortages, Shortage::json));
        node.set("elsewhere", Json.texts(elsewhere));
        holders.ifPresent(count -> node.put("holders", count));
        return node;
    }
}
