package dev.byway.teredo.server;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.Allowance;
import java.util.Arrays;

/** How much is done for each source, and for all. Sources beyond the table's size share places, and then an allowance. */
final class Rates {
    private final Mix mix;
    private final Allowance perSource;
    private final Allowance inAll;
    private final long[] full;
    private Moment allFull;

    Rates(ServerLimits limits, Mix mix, Moment now) {
        this.mix = mix;
        this.perSource = limits.perSource();
        this.inAll = limits.inAll();
        this.full = new long[limits.sources()];
        Arrays.fill(full, now.nanos());
        this.allFull = now;
    }

    /** Takes one, if there is one left. */
    boolean take(int source, Moment now) {
        int slot = mix.slot(source, full.length);
        Moment one = new Moment(full[slot]);
        if (!perSource.fits(one, now) || !inAll.fits(allFull, now)) {
            return false;
        }
        full[slot] = perSource.after(one, now).nanos();
        allFull = inAll.after(allFull, now);
        return true;
    }
}
