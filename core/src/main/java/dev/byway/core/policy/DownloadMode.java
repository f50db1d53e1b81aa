package dev.byway.core.policy;

import dev.byway.core.account.SourceKind;

/** DODownloadMode: which sources may be used at all. */
public enum DownloadMode implements Choice {
    /** Origin and cache hosts; the coordinator may still be asked for manifests. */
    HTTP_ONLY(0),
    /** Also devices of the same site. */
    LAN(1),
    /** Also devices of the same group, wherever they are. */
    GROUP(2),
    /** Also any device. */
    INTERNET(3),
    /** Origin and cache hosts, and no coordinator. */
    SIMPLE(99),
    /** The origin alone. In Delivery Optimization this hands the download to BITS, which Byway does not have. */
    BYPASS(100);

    private final int code;

    DownloadMode(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** Whether bytes may come from a source of this kind, or go to one. */
    public boolean allows(SourceKind kind) {
        return switch (kind) {
            case ORIGIN -> true;
            case CACHE -> this != BYPASS;
            case LAN -> allowsPeers();
            case GROUP -> this == GROUP || this == INTERNET;
            case INTERNET -> this == INTERNET;
        };
    }

    /** Whether any peer may be used. */
    public boolean allowsPeers() {
        return switch (this) {
            case LAN, GROUP, INTERNET -> true;
            case HTTP_ONLY, SIMPLE, BYPASS -> false;
        };
    }

    /** Whether the coordinator may be asked. */
    public boolean allowsCoordinator() {
        return this != SIMPLE && this != BYPASS;
    }
}
