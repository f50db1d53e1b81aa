package dev.byway.core.fleet;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers an {@link Announcement}.
 *
 * @param interval when the device shall announce again at the latest; it is forgotten after three of them
 * @param resync whether the coordinator lacks what the delta builds on, so that the device has to announce in full at once
 * @param observed the address the device was seen at
 * @param site the site it belongs to, for people
 * @param teredoServers IPv4 addresses at which the coordinator is a Teredo server: none, one or two, the first of which stands
 *     in the addresses of its clients
 * @param teredoVerdict what became of the Teredo address that the device announced; empty when it announced none, or when the
 *     coordinator is too old to say
 * @param wanted peers for what the device wants, or why there are none
 */
public record AnnouncementAnswer(
        Duration interval,
        boolean resync,
        InetAddress observed,
        Site site,
        List<InetAddress> teredoServers,
        Optional<TeredoVerdict> teredoVerdict,
        List<ContentPeers> wanted)
        implements Message {
    private static final int MAX_SERVERS = 2;

    public AnnouncementAnswer {
        teredoServers = List.copyOf(teredoServers);
        wanted = List.copyOf(wanted);
        if (interval.isNegative() || interval.compareTo(FleetLimits.LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("an interval is at most " + FleetLimits.LONGEST_INTERVAL);
        }
        if (teredoServers.size() > MAX_SERVERS || !teredoServers.stream().allMatch(Inet4Address.class::isInstance)) {
            throw new IllegalArgumentException("a Teredo server has at most " + MAX_SERVERS + " IPv4 addresses");
        }
    }

    /** An answer that says nothing of Teredo. */
    public AnnouncementAnswer(
            Duration interval, boolean resync, InetAddress observed, Site site, List<ContentPeers> wanted) {
        this(interval, resync, observed, site, List.of(), Optional.empty(), wanted);
    }

    /** The same, with where Teredo servers are and what became of the announced address. */
    public AnnouncementAnswer withTeredo(List<InetAddress> servers, Optional<TeredoVerdict> verdict) {
        return new AnnouncementAnswer(interval, resync, observed, site, servers, verdict, wanted);
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
                        fields.texts("teredoServers", MAX_SERVERS, Addresses.MAX_TEXT, Addresses::parse),
                        fields.has("teredoVerdict")
                                ? Optional.of(fields.oneOf(TeredoVerdict.class, "teredoVerdict"))
                                : Optional.empty(),
                        fields.list("wanted", FleetLimits.WANTED, ContentPeers::read)));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object()
                .put("intervalMillis", interval.toMillis())
                .put("resync", resync)
                .put("observed", Addresses.format(observed))
                .put("site", site.key());
        node.set(
                "teredoServers",
                Json.texts(teredoServers.stream().map(Addresses::format).toList()));
        teredoVerdict.ifPresent(verdict -> node.put("teredoVerdict", Fields.word(verdict)));
        node.set("wanted", Json.objects(wanted, ContentPeers::json));
        return node;
    }
}
