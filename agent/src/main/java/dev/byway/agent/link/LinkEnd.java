package dev.byway.agent.link;

import dev.byway.core.wire.RejectReason;
import java.time.Duration;
import java.util.Optional;

/** Why a link is gone. */
public sealed interface LinkEnd {
    /** This device said good-bye. */
    record ClosedHere(RejectReason reason) implements LinkEnd {}

    /** The peer said good-bye. */
    record ClosedByPeer(RejectReason reason) implements LinkEnd {}

    /** The connection broke, or ended without a good-bye: a crash, a cable, a firewall. */
    record Lost(String detail) implements LinkEnd {}

    /** The peer ended TLS with this alert (RFC 8446, section 6.2), most likely because it does not take our certificate. */
    record Refused(String alert) implements LinkEnd {}

    /** Nothing came for this long. */
    record Silent(Duration time) implements LinkEnd {}

    /** The peer took nothing for this long although something was being sent. */
    record Stalled(Duration time) implements LinkEnd {}

    /** The peer broke the protocol. */
    record PeerFault(String detail) implements LinkEnd {}

    /** More control frames wait than the link holds, because the peer takes them too slowly. */
    record Overflow(int bytes) implements LinkEnd {}

    /** This program broke the protocol or failed; a defect. */
    record OwnFault(String detail) implements LinkEnd {}

    /** The good-bye that the peer is told, empty when there is no use in one. */
    default Optional<RejectReason> farewell() {
        return switch (this) {
            case ClosedHere(RejectReason reason) -> Optional.of(reason);
            case PeerFault(String detail) -> Optional.of(RejectReason.BANNED);
            case Overflow(int bytes) -> Optional.of(RejectReason.LIMIT);
            case OwnFault(String detail) -> Optional.of(RejectReason.OTHER);
            case ClosedByPeer(RejectReason reason) -> Optional.empty();
            case Lost(String detail) -> Optional.empty();
            case Refused(String alert) -> Optional.empty();
            case Silent(Duration time) -> Optional.empty();
            case Stalled(Duration time) -> Optional.empty();
        };
    }

    /** One phrase for people. */
    default String text() {
        return switch (this) {
            case ClosedHere(RejectReason reason) -> "closed by this device: " + reason;
            case ClosedByPeer(RejectReason reason) -> "closed by the peer: " + reason;
            case Lost(String detail) -> "connection lost: " + detail;
            case Refused(String alert) -> "the peer refused the connection: " + alert;
            case Silent(Duration time) -> "nothing heard for " + time.toSeconds() + " s";
            case Stalled(Duration time) -> "the peer took nothing for " + time.toSeconds() + " s";
            case PeerFault(String detail) -> "the peer broke the protocol: " + detail;
            case Overflow(int bytes) -> "the peer is too slow: " + bytes + " bytes of control frames wait";
            case OwnFault(String detail) -> "a defect in this program: " + detail;
        };
    }
}
