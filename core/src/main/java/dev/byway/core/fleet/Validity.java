package dev.byway.core.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate is valid, and when its device asks for the next one.
 *
 * @param from first moment
 * @param until last moment, not before the first
 */
public record Validity(Instant from, Instant until) {
    private static final long PARTS = 1 << 16;

    public Validity {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a certificate cannot end at " + until + ", before " + from);
        }
    }

    /**
     * From when on {@code device} renews: between half and two thirds of the life, each device at its own moment, so that a
     * fleet that joined on one day does not come back on one day.
     */
    public Instant renewedFrom(DeviceId device) {
        Duration life = Duration.between(from, until);
        long part = device.key().prefix() >>> (Long.SIZE - 16);
        return from.plus(life.dividedBy(2))
                .plus(life.dividedBy(6).dividedBy(PARTS).multipliedBy(part));
    }
}
