package dev.byway.sim.fleet;

import dev.byway.core.unit.Moment;

/** The clock of one device: it began somewhere and is fast or slow. */
final class Clock {
    private final long began;
    private final double rate;

    Clock(long began, double rate) {
        this.began = began;
        this.rate = rate;
    }

    /** What it shows. */
    Moment at(Moment truth) {
        return new Moment(began + (long) (truth.nanos() * rate));
    }

    /** The first moment at which it shows no less. */
    Moment when(Moment shown) {
        if (shown.nanos() == Long.MAX_VALUE) {
            return shown;
        }
        long nanos = (long) ((shown.nanos() - began) / rate);
        while (began + (long) (nanos * rate) < shown.nanos()) {
            nanos++;
        }
        return new Moment(nanos);
    }
}
