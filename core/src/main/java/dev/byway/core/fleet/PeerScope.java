package dev.byway.core.fleet;

/** With whom a device shares at most: the peer modes of DODownloadMode. */
public enum PeerScope {
    /** Mode 1: devices of the same site. */
    SITE,
    /** Mode 2: devices of the same match group, also in other sites; without a group, of the same site. */
    GROUP,
    /** Mode 3: every device of the fleet. */
    FLEET
}
