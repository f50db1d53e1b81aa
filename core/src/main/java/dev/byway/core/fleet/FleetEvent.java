package dev.byway.core.fleet;

import dev.byway.core.content.ContentId;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the coordinator tells a device at once, one JSON object a line on the held stream. A line of a kind that the device
 * does not know reads as {@link Unknown} and is skipped.
 */
public sealed interface FleetEvent extends Message {
    /** Nothing to say, still here: sent after {@link FleetLimits#HEARTBEAT} of silence. */
    record Heartbeat() implements FleetEvent {
        @Override
        public ObjectNode json() {
            return Json.object().put("event", "heartbeat");
        }
    }

    /** The peer cannot reach this device and asks to be dialled. */
    record Connect(PeerOffer peer) implements FleetEvent {
        @Override
        public ObjectNode json() {
            ObjectNode node = Json.object().put("event", "connect");
            node.set("peer", peer.json());
            return node;
        }
    }

    /** New peers for a content that this device wants. */
    record Peers(ContentId content, List<PeerOffer> peers) implements FleetEvent {
        public Peers {
            peers = List.copyOf(peers);
        }

        @Override
        public ObjectNode json() {
            ObjectNode node = Json.object().put("event", "peers").put("content", content.toString());
            node.set("peers", Json.objects(peers, PeerOffer::json));
            return node;
        }
    }

    /** The content shall neither be served nor fetched from peers any more. */
    record Withdrawn(ContentId content) implements FleetEvent {
        @Override
        public ObjectNode json() {
            return Json.object().put("event", "withdrawn").put("content", content.toString());
        }
    }

    /** The administrator wants to know how the device is reached: it shall ask for a probe of its port. */
    record Probe() implements FleetEvent {
        @Override
        public ObjectNode json() {
            return Json.object().put("event", "probe");
        }
    }

    /** An event of a newer coordinator. */
    record Unknown(String event) implements FleetEvent {
        @Override
        public ObjectNode json() {
            return Json.object().put("event", event);
        }
    }

    /** Reads one line; see {@link Message}. */
    static FleetEvent read(byte[] line) {
        return Fields.read(line, fields -> {
            String event = fields.text("event", 32);
            return switch (event) {
                case "heartbeat" -> new Heartbeat();
                case "connect" -> new Connect(PeerOffer.read(fields.child("peer")));
                case "peers" ->
                    new Peers(fields.content("content"), fields.list("peers", FleetLimits.PEERS, PeerOffer::read));
                case "withdrawn" -> new Withdrawn(fields.content("content"));
                case "probe" -> new Probe();
                default -> new Unknown(event);
            };
        });
    }
}
