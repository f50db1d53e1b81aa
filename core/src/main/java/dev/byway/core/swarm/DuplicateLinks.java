package dev.byway.core.swarm;

import dev.byway.core.fleet.DeviceId;

/**
 * Which of two links between the same two devices stays. Two devices that discover each other at the same moment dial at
 * the same moment; both ends must drop the same link without a word, or they end with none.
 *
 * <p>Of two links with different diallers the one dialled by the smaller {@link DeviceId} stays. Of two with the same
 * dialler the newer one does: a device dials again only after it lost the older link, of whose end the other side may not
 * have heard yet.
 */
public final class DuplicateLinks {
    /** Which link stays. */
    public enum Survivor {
        OLDER,
        NEWER
    }

    private DuplicateLinks() {}

    /**
     * The link that stays.
     *
     * @param self this device
     * @param peer the device at the other end of both links; another one than {@code self}
     * @param olderDialledHere whether this device dialled the older link
     * @param newerDialledHere whether this device dialled the newer link
     */
    public static Survivor survivor(DeviceId self, DeviceId peer, boolean olderDialledHere, boolean newerDialledHere) {
        if (olderDialledHere == newerDialledHere) {
            return Survivor.NEWER;
        }
        boolean smallerIsHere = self.compareTo(peer) < 0;
        return smallerIsHere == olderDialledHere ? Survivor.OLDER : Survivor.NEWER;
    }
}
