package dev.byway.core.policy;

/** DOCacheHostSource: how cache hosts are found besides DOCacheHost. */
public enum CacheHostSource implements Choice {
    /** Not by DNS-SD. */
    NO_DISCOVERY(0),
    /** DHCP option 235, unless DOCacheHost is set. */
    DHCP(1),
    /** DHCP option 235, even where DOCacheHost is set. */
    DHCP_FORCED(2);

    private final int code;

    CacheHostSource(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
