package dev.byway.core.nat;

/** Whether devices behind one NAT reach each other by their outside addresses (RFC 4787 section 6). */
public enum NatHairpin {
    /** They do. */
    YES,
    /** They do not, and must find each other inside. */
    NO,
    /** Nobody tried, or could. */
    UNKNOWN
}
