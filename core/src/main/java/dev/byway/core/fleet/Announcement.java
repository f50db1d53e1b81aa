package dev.byway.core.fleet;

import dev.byway.core.content.ContentId;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a device holds and wants, or what changed of it since its announcement before.
 *
 * <p>A full announcement replaces everything. A delta is understood only on top of the announcement whose number is one
 * less; a coordinator that has not got that one (because it was restarted, say) answers {@link AnnouncementAnswer#resync()}.
 *
 * @param sequence number of this announcement, counted up by the device
 * @param full whether {@code contents} is everything
 * @param port TCP port on which the device takes links, 0 when it takes none
 * @param localAddresses its private addresses, told only to devices of the same site; at most
 *     {@link FleetLimits#LOCAL_ADDRESSES}
 * @param teredo where it is met behind its NAT, when it may be
 * @param scope with whom it shares
 * @param group the match group that it claims, empty for none
 * @param contents everything, or what is new or changed
 * @param gone what it neither holds nor wants any more; empty in a full announcement
 */
public record Announcement(
        long sequence,
        boolean full,
        int port,
        List<InetAddress> localAddresses,
        Optional<TeredoEndpoint> teredo,
        PeerScope scope,
        String group,
        List<Announced> contents,
        List<ContentId> gone)
        implements Message {
    public Announcement {
        localAddresses = List.copyOf(localAddresses);
        contents = List.copyOf(contents);
        gone = List.copyOf(gone);
        if (sequence < 0 || port < 0 || port > 65_535 || group.length() > FleetLimits.MATCH_GROUP) {
            throw new IllegalArgumentException("an announcement has a sequence from 0, a port from 0 to 65535"
                    + " and a group of at most " + FleetLimits.MATCH_GROUP + " characters");
        }
        if (localAddresses.size() > FleetLimits.LOCAL_ADDRESSES
                || contents.size() > FleetLimits.CONTENTS
                || gone.size() > FleetLimits.CONTENTS) {
            throw new IllegalArgumentException("an announcement has at most " + FleetLimits.CONTENTS + " contents and "
                    + FleetLimits.LOCAL_ADDRESSES + " private addresses");
        }
        if (full && !gone.isEmpty()) {
            throw new IllegalArgumentException("a full announcement says what there is, not what is gone");
        }
    }

    /** Reads a message; see {@link Message}. */
    public static Announcement read(byte[] body) {
        return Fields.read(
                body,
                fields -> new Announcement(
                        fields.number("sequence", 0, Long.MAX_VALUE),
                        fields.flag("full"),
                        fields.integer("port", 0, 65_535),
                        fields.texts(
                                "localAddresses", FleetLimits.LOCAL_ADDRESSES, Addresses.MAX_TEXT, Addresses::parse),
                        TeredoEndpoint.read(fields),
                        fields.oneOf(PeerScope.class, "scope"),
                        fields.text("group", FleetLimits.MATCH_GROUP),
                        fields.list("contents", FleetLimits.CONTENTS, Announced::read),
                        fields.texts("gone", FleetLimits.CONTENTS, 96, ContentId::parse)));
    }

    /** The same without a Teredo address. */
    public Announcement withoutTeredo() {
        return new Announcement(sequence, full, port, localAddresses, Optional.empty(), scope, group, contents, gone);
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object()
                .put("sequence", sequence)
                .put("full", full)
                .put("port", port)
                .put("scope", Fields.word(scope))
                .put("group", group);
        node.set(
                "localAddresses",
                Json.texts(localAddresses.stream().map(Addresses::format).toList()));
        teredo.ifPresent(endpoint -> endpoint.write(node));
        node.set("contents", Json.objects(contents, Announced::json));
        node.set("gone", Json.texts(gone));
        return node;
    }
}
