package dev.byway.core.swarm;

import dev.byway.core.account.SourceKind;
import dev.byway.core.fleet.DeviceId;
import java.util.Optional;

/**
 * What a download knows of a source from the start.
 *
 * @param kind where its bytes come from
 * @param device the device behind it, for peers
 * @param name for people: a host, an address
 * @param liable what faults count against: the device, or its address where nobody vouches for devices
 */
public record SourceInfo(SourceKind kind, Optional<DeviceId> device, String name, String liable) {
    /** An HTTP server; every copy taken from it crosses the uplink of the site. */
    public static SourceInfo origin(String host) {
        return new SourceInfo(SourceKind.ORIGIN, Optional.empty(), host, host);
    }

    /** Another device. */
    public static SourceInfo peer(SourceKind kind, DeviceId device, String name, String liable) {
        return new SourceInfo(kind, Optional.of(device), name, liable);
    }

    /** Whether it is a device of the same site: what comes from it crosses nobody's line. */
    public boolean isNear() {
        return isPeer() && kind == SourceKind.LAN;
    }

    /** Whether it is another device, which holds what it says and is asked by pieces. */
    public boolean isPeer() {
        return device.isPresent();
    }
}
