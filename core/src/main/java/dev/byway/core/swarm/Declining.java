package dev.byway.core.swarm;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.policy.Refusal;
import dev.byway.core.policy.Setting;
import dev.byway.core.policy.Settings;
import dev.byway.core.wire.RejectReason;
import java.util.Optional;

/**
 * How one device tells another why it does not share with it: the number of a reason, and no text. What {@code why} prints is
 * made of it here, on the side that was refused.
 */
public final class Declining {
    private Declining() {}

    /** What a peer is told of a gate's refusal; {@link RejectReason#POLICY} where there is no number for it. */
    public static RejectReason toPeer(Refusal refusal) {
        return switch (refusal.code()) {
            case ON_BATTERY -> RejectReason.ON_BATTERY;
            case METERED -> RejectReason.METERED;
            case UPLOAD_CAP_REACHED -> RejectReason.UPLOAD_CAP;
            case MODE_LAN_ONLY -> RejectReason.OTHER_SITE;
            case MODE_GROUP_ONLY -> RejectReason.OTHER_GROUP;
            case OTHER_SUBNET -> RejectReason.OTHER_SUBNET;
            case NOT_FOUND_LOCALLY -> RejectReason.NOT_FOUND_LOCALLY;
            case ON_VPN -> RejectReason.ON_VPN;
            case CONTENT_TOO_SMALL -> RejectReason.TOO_SMALL;
            case PEER_BANNED -> RejectReason.BANNED;
            default -> RejectReason.POLICY;
        };
    }

    /**
     * What {@code why} says of a peer that gave this reason, in the words of this program and with the setting to look at on
     * the other device; empty for reasons that are no refusal to share.
     */
    public static Optional<Reason> fromPeer(String peer, RejectReason reason) {
        return switch (reason) {
            case ON_BATTERY -> refused(peer, Settings.MIN_BATTERY, "it runs on battery");
            case METERED -> refused(peer, Settings.UPLOAD_ON_METERED, "its network is metered");
            case UPLOAD_CAP ->
                refused(peer, Settings.MONTHLY_UPLOAD_CAP, "it has uploaded as much this month as it may");
            case OTHER_SITE -> refused(peer, Settings.DOWNLOAD_MODE, "it shares within its own site only");
            case OTHER_GROUP -> refused(peer, Settings.GROUP_ID, "it shares within its own match group only");
            case OTHER_SUBNET ->
                refused(peer, Settings.RESTRICT_PEER_SELECTION, "it shares within its own subnet only");
            case NOT_FOUND_LOCALLY ->
                refused(
                        peer,
                        Settings.RESTRICT_PEER_SELECTION,
                        "it shares only with devices that its local discovery found, and did not find this one");
            case ON_VPN -> refused(peer, Settings.VPN_PEERING, "it is on a VPN");
            case TOO_SMALL -> refused(peer, Settings.MIN_FILE_SIZE, "it does not share files as small as this one");
            case POLICY ->
                Optional.of(Reason.of(peer, ReasonCode.PEER_REFUSED, "a policy of that device forbids it now"));
            case LIMIT ->
                Optional.of(Reason.of(peer, ReasonCode.PEER_REFUSED, "it has as many links or contents as it takes"));
            case BANNED ->
                Optional.of(Reason.of(
                        peer,
                        ReasonCode.PEER_REFUSED,
                        "it says that this device sent bad bytes or broke the protocol"));
            case OTHER, NOT_HELD, BUSY, NOT_ALLOWED, SHUTTING_DOWN, DUPLICATE, MISMATCH, CANCELLED -> Optional.empty();
        };
    }

    private static Optional<Reason> refused(String peer, Setting<?> setting, String detail) {
        return Optional.of(new Reason(peer, ReasonCode.PEER_REFUSED, Optional.of(setting.name()), detail));
    }
}
