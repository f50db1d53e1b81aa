package dev.byway.sim.fleet;

/**
 * Devices that are alike.
 *
 * @param devices how many; they go to the sites in turn
 * @param holds whether they have the content from the start
 */
public record Group(int devices, Behaviour behaviour, Cable cable, Disk disk, boolean holds) {
    /** Honest devices that want the content. */
    public static Group of(int devices, Cable cable) {
        return new Group(devices, Behaviour.HONEST, cable, Disk.PERFECT, false);
    }

    /** The same with another conduct. */
    public Group that(Behaviour conduct) {
        return new Group(devices, conduct, cable, disk, holds);
    }

    /** The same with such disks. */
    public Group on(Disk disks) {
        return new Group(devices, behaviour, cable, disks, holds);
    }

    /** The same, having the content from the start. */
    public Group holding() {
        return new Group(devices, behaviour, cable, disk, true);
    }
}
