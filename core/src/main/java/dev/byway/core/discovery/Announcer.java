package dev.byway.core.discovery;

import static dev.byway.core.discovery.ServiceDiscovery.NEVER;

import dev.byway.core.unit.Moment;
import java.time.Duration;

/**
 * When this device's presence goes out on one link. The first announcements and all answers are the same packet, so one
 * time is enough; it never comes sooner than {@link DiscoveryLimits#SEND_GAP} after the last.
 */
final class Announcer {
    private Moment next;
    private Moment earliest;
    private int announcementsLeft = DiscoveryLimits.ANNOUNCEMENTS;

    Announcer(Moment now) {
        next = now;
        earliest = now;
    }

    Moment next() {
        return next;
    }

    /** Something about this device was asked. */
    void asked(Moment now, Duration delay) {
        Moment wanted = now.plus(delay);
        next = Moment.min(next, wanted.isBefore(earliest) ? earliest : wanted);
    }

    /** The device's addresses on the link are others now: announce them anew. */
    void restart(Moment now) {
        announcementsLeft = DiscoveryLimits.ANNOUNCEMENTS;
        asked(now, Duration.ZERO);
    }

    void sent(Moment now) {
        announcementsLeft = Math.max(0, announcementsLeft - 1);
        earliest = now.plus(DiscoveryLimits.SEND_GAP);
        next = announcementsLeft > 0 ? earliest : NEVER;
    }
}
