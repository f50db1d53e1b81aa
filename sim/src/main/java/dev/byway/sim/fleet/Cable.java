package dev.byway.sim.fleet;

/**
 * Rates of a cable, in megabits a second.
 *
 * @param down towards the device, or the site
 * @param up away from it
 */
public record Cable(double down, double up) {
    /** The same each way. */
    public static Cable of(double megabits) {
        return new Cable(megabits, megabits);
    }
}
