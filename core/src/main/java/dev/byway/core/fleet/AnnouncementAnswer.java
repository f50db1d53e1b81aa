package dev.byway.core.fleet;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers an {@link Announcement}.
 *
 * @param interval when the device shall announce again at the latest; it is forgotten after three of them
 * @param resync whether the coordinator lacks what the delta builds on, so that the device has to announce in full at once
 * @param observed the address the device was seen at
 * @param site the site it belongs to, for people
 * @param wanted peers for what the device wants, or why there are none
 */
public record AnnouncementAnswer(
        Duration interval, boolean resync, InetAddress observed, Site site, List<ContentPeers> wanted)
        implements Message {
    public AnnouncementAnswer {
        wanted = List.copyOf(wanted);
        if (interval.isNegative() || interval.compareTo(FleetLimits.LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("an interval is at most " + FleetLimits.LONGEST_INTERVAL);
        }
    }

    /** Reads a message; see {@link Message}. */
    public static AnnouncementAnswer read(byte[] body) {
        return Fields.read(
                body,
                fields -> new AnnouncementAnswer(
                        Duration.ofMillis(fields.number("intervalMillis", 0, FleetLimits.LONGEST_INTERVAL.toMillis())),
                        fields.flag("resync"),
                        fields.parsed("observed", Addresses.MAX_TEXT, Addresses::parse),
                        fields.parsed("site", 64, Site::new),
                        fields.list("wanted", FleetLimits.WANTED, ContentPeers::read)));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object()
                .put("intervalMillis", interval.toMillis())
                .put("resync", resync)
                .put("observed", Addresses.format(observed))
                .put("site", site.key());
        node.set("wanted", Json.objects(wanted, ContentPeers::json));
        return node;
    }
}
