package dev.byway.teredo.client;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.Allowance;

/** What is left of an allowance. */
final class Budget {
    private final Allowance allowance;
    private Moment full = new Moment(Long.MIN_VALUE);

    Budget(Allowance allowance) {
        this.allowance = allowance;
    }

    boolean hasOne(Moment now) {
        return allowance.fits(full, now);
    }

    /** Takes one, if there is one left. */
    boolean take(Moment now) {
        if (!hasOne(now)) {
            return false;
        }
        full = allowance.after(full, now);
        return true;
    }
}
