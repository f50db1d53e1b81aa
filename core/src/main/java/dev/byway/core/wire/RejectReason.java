package dev.byway.core.wire;

/** Why a peer refuses. The number is part of the protocol; an unknown number reads as {@link #OTHER}. */
public enum RejectReason {
    OTHER(0),
    /** The sender does not hold it. */
    NOT_HELD(1),
    /** All upload slots and queue places are taken; try again after the stated time. */
    BUSY(2),
    /** The receiver may not have this content. */
    NOT_ALLOWED(3),
    /** Too many channels, requests or frames for the stated limits. */
    LIMIT(4),
    /** The receiver sent bad bytes or broke the protocol. */
    BANNED(5),
    /** A policy of the sender forbids it now, one that has no number of its own. */
    POLICY(6),
    /** The sender is going away. */
    SHUTTING_DOWN(7),
    /** Another link between the same two devices stays. */
    DUPLICATE(8),
    /** The piece length or another parameter does not fit. */
    MISMATCH(9),
    /** The receiver asked for this end itself, with {@link Frame.Cancel}. */
    CANCELLED(10),
    /** The sender runs on battery and serves nothing at its charge. */
    ON_BATTERY(11),
    /** The sender's network is metered. */
    METERED(12),
    /** The sender has uploaded as much this month as it may. */
    UPLOAD_CAP(13),
    /** The sender shares within its site only. */
    OTHER_SITE(14),
    /** The sender shares within its match group only. */
    OTHER_GROUP(15),
    /** The sender shares within its subnet only. */
    OTHER_SUBNET(16),
    /** The sender shares with devices only that its local discovery found. */
    NOT_FOUND_LOCALLY(17),
    /** The sender is on a VPN. */
    ON_VPN(18),
    /** The sender does not share contents as small as this one. */
    TOO_SMALL(19);

    private final int code;

    RejectReason(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** Whether a policy of the sender is the reason, which may change or be changed, and no fault of anybody. */
    public boolean isPolicy() {
        return switch (this) {
            case POLICY,
                    ON_BATTERY,
                    METERED,
                    UPLOAD_CAP,
                    OTHER_SITE,
                    OTHER_GROUP,
                    OTHER_SUBNET,
                    NOT_FOUND_LOCALLY,
                    ON_VPN,
                    TOO_SMALL -> true;
            case OTHER, NOT_HELD, BUSY, NOT_ALLOWED, LIMIT, BANNED, SHUTTING_DOWN, DUPLICATE, MISMATCH, CANCELLED ->
                false;
        };
    }

    /** The reason with this number, {@link #OTHER} when there is none. */
    public static RejectReason of(int code) {
        for (RejectReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return OTHER;
    }
}
