package dev.byway.core.discovery;

import dev.byway.core.unit.ByteString;

/** What {@link ServiceDiscovery} wants done. */
public sealed interface DiscoveryEffect {
    /** Send a packet to the multicast DNS groups (224.0.0.251, ff02::fb) of a link. Nothing is ever sent elsewhere. */
    record Send(int link, ByteString packet) implements DiscoveryEffect {}

    /** Tell whoever wants to know. */
    record Report(Sighting sighting) implements DiscoveryEffect {}
}
