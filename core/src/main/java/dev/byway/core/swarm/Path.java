package dev.byway.core.swarm;

/** How a device is reached. */
public enum Path {
    /** At an address of its own, over TCP. */
    DIRECT,
    /** Behind its NAT, over QUIC through Teredo. */
    TUNNEL
}
