package dev.byway.core.fleet;

import java.net.InetAddress;

/**
 * What an IP address is good for, after the IANA special-purpose registries (RFC 6890 and its successors).
 *
 * <p>An IPv6 address can carry an IPv4 address to which a gateway sends the packets: NAT64 (RFC 6052), 6to4 (RFC 3056),
 * Teredo (RFC 4380). Such an address is as private as the address inside it, or else {@code 64:ff9b::7f00:1} would be
 * a public way to loopback.
 */
public enum AddressClass {
    /** Reachable over the public Internet. */
    GLOBAL,
    /** RFC 1918, RFC 4193 and the deprecated site-local addresses: one organisation's own. */
    PRIVATE,
    /** RFC 6598: shared between a provider and its customers (CGNAT). */
    SHARED,
    /** The same machine. */
    LOOPBACK,
    /** The same link. */
    LINK_LOCAL,
    /** Many receivers. */
    MULTICAST,
    /** No address: {@code 0.0.0.0/8} and {@code ::}. On many systems a connection to it reaches the same machine. */
    UNSPECIFIED,
    /** Documentation, benchmarks, protocol assignments, reserved and unassigned. */
    SPECIAL;

    /** The class of {@code address}. */
    public static AddressClass of(InetAddress address) {
        AddressClass outer = SpecialRanges.classOf(address);
        if (outer != GLOBAL) {
            return outer;
        }
        return EmbeddedAddress.in(address).stream()
                .map(AddressClass::of)
                .filter(inner -> inner != GLOBAL)
                .findFirst()
                .orElse(GLOBAL);
    }
}
