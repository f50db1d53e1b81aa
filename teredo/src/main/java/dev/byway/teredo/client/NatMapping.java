package dev.byway.teredo.client;

/** How the NAT in front of a device maps (RFC 4787 section 4.1), as far as two addresses of one server tell. */
public enum NatMapping {
    /** The same mapping for both: others find the device where its address says. */
    ENDPOINT_INDEPENDENT,
    /** Another one for each: a symmetric NAT. */
    ENDPOINT_DEPENDENT,
    /** The server has one address, or its second one does not answer. */
    UNKNOWN
}
