package dev.byway.core.account;

import java.util.Locale;

/** Where a byte can come from. Every report counts by these five, and they add up to the bytes verified. */
public enum SourceKind {
    /** The HTTP server that the URL names. */
    ORIGIN,
    /** A cache host of the site, over HTTP. */
    CACHE,
    /** A device of the same site. */
    LAN,
    /** A device of the same group on another site. */
    GROUP,
    /** Any other device. */
    INTERNET;

    /** Whether this is a device and not an HTTP server. */
    public boolean isPeer() {
        return switch (this) {
            case ORIGIN, CACHE -> false;
            case LAN, GROUP, INTERNET -> true;
        };
    }

    /** The name in JSON, events and metrics: lower case. */
    public String field() {
        return name().toLowerCase(Locale.ROOT);
    }
}
