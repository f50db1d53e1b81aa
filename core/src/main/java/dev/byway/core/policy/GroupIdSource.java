package dev.byway.core.policy;

/** DOGroupIdSource: where the match group comes from when DOGroupId is not set. */
public enum GroupIdSource implements Choice {
    /** AD site, then domain SID, then tenant: the first that exists. */
    AUTOMATIC(0),
    AD_SITE(1),
    DOMAIN_SID(2),
    /** DHCP option 234. */
    DHCP(3),
    DNS_SUFFIX(4),
    TENANT(5);

    private final int code;

    GroupIdSource(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
