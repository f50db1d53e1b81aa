package dev.byway.core.discovery;

import dev.byway.core.unit.Moment;

/** A token bucket: how many packets of one link may still be looked at. */
final class PacketBudget {
    private static final long NANOS_PER_PACKET = 1_000_000_000L / DiscoveryLimits.PACKETS_PER_SECOND;

    private long tokens = DiscoveryLimits.PACKET_BURST;
    private Moment counted;

    PacketBudget(Moment now) {
        counted = now;
    }

    /** Whether one more packet may be looked at now. */
    boolean take(Moment now) {
        long more = Math.max(0, now.since(counted).toNanos() / NANOS_PER_PACKET);
        counted = counted.plusNanos(more * NANOS_PER_PACKET);
        tokens = Math.min(DiscoveryLimits.PACKET_BURST, tokens + more);
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}
