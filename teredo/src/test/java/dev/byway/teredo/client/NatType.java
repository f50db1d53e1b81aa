package dev.byway.teredo.client;

/** How a NAT maps and filters, in the words of RFC 3489. */
enum NatType {
    FULL_CONE,
    RESTRICTED,
    PORT_RESTRICTED,
    SYMMETRIC
}
