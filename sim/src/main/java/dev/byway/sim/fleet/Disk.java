package dev.byway.sim.fleet;

/**
 * The disk of a device.
 *
 * @param megabytes written a second, in 1,048,576 bytes
 * @param room part of the content that fits, from 0 to 1; a download that needs more ends there, and says why
 * @param rot chance of a piece to turn out damaged some seconds after it was proved
 */
public record Disk(double megabytes, double room, double rot) {
    /** As fast as memory, and without end. */
    public static final Disk PERFECT = new Disk(10_000, 1, 0);
}
