package dev.byway.core.swarm;

import dev.byway.core.fleet.DeviceId;

/**
 * Rendezvous hashing: every device gives every piece a score, and all who know the same devices agree who scores highest
 * without a word. Thaler and Ravishankar, "Using name-based mappings to increase hit rates", 1998.
 */
final class Rendezvous {
    private Rendezvous() {}

    /** The score of a device for a piece of a content; compared as an unsigned number, highest first. */
    static long score(DeviceId device, long content, int piece) {
        return mix(device.key().prefix() ^ mix(content + piece * 0x9E3779B97F4A7C15L));
    }

    /** A well-mixed number from any number: the finalizer of SplitMix64. */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
