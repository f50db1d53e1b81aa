package dev.byway.core.policy;

/** DORestrictPeerSelectionBy: narrows the peers that the mode allows. */
public enum PeerRestriction implements Choice {
    /** The whole site or group. */
    NONE(0),
    /** Devices of the same subnet. */
    SUBNET(1),
    /** Devices found by DNS-SD on the local link. */
    LOCAL_DISCOVERY(2);

    private final int code;

    PeerRestriction(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
