package dev.byway.agent.link;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.swarm.Declining;
import dev.byway.core.swarm.Parting;
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

    /** What {@code why} says of the peer at this name; empty when it did nothing that matters to a download. */
    default Optional<Reason> reason(String name) {
        Optional<Reason> refused =
                this instanceof ClosedByPeer(RejectReason reason) ? Declining.fromPeer(name, reason) : Optional.empty();
        return refused.or(() -> meaning().map(code -> Reason.of(name, code, text())));
    }

    /** What that means; empty when it means nothing. */
    private Optional<ReasonCode> meaning() {
        return switch (this) {
            case PeerFault(String detail) -> Optional.of(ReasonCode.PEER_BROKE_PROTOCOL);
            case Lost(String detail) -> Optional.of(ReasonCode.PEER_GONE);
            case Silent(Duration time) -> Optional.of(ReasonCode.PEER_GONE);
            case Stalled(Duration time) -> Optional.of(ReasonCode.PEER_GONE);
            case Overflow(int bytes) -> Optional.of(ReasonCode.PEER_GONE);
            case ClosedByPeer(RejectReason reason) ->
                reason == RejectReason.DUPLICATE ? Optional.empty() : Optional.of(ReasonCode.PEER_GONE);
            case ClosedHere(RejectReason reason) -> Optional.empty();
            case Refused(String alert) -> Optional.empty();
            case OwnFault(String detail) -> Optional.empty();
        };
    }

    /** What it means for the next link with the same device. */
    default Parting parting() {
        return switch (this) {
            case PeerFault(String detail) -> Parting.FAULT;
            case ClosedByPeer(RejectReason reason) -> parting(reason);
            case ClosedHere(RejectReason reason) -> reason.isPolicy() ? Parting.NO_PLACE : Parting.ORDINARY;
            case Lost(String detail) -> Parting.ORDINARY;
            case Refused(String alert) -> Parting.ORDINARY;
            case Silent(Duration time) -> Parting.ORDINARY;
            case Stalled(Duration time) -> Parting.ORDINARY;
            case Overflow(int bytes) -> Parting.ORDINARY;
            case OwnFault(String detail) -> Parting.ORDINARY;
        };
    }

    private static Parting parting(RejectReason said) {
        return switch (said) {
            case BANNED -> Parting.UNWELCOME;
            case BUSY, LIMIT -> Parting.NO_PLACE;
            default -> said.isPolicy() ? Parting.NO_PLACE : Parting.ORDINARY;
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
