package dev.byway.sim.time;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Virtual time of one place: what is to happen, in order of time and, at the same time, in the order in which it was planned.
 * One owner; several places that run at once send each other what is to happen there, see {@link Places}.
 */
public final class Agenda {
    private final Heap entries = new Heap();
    private final List<Letter> letters = new ArrayList<>();
    private final SplittableRandom random;
    private Moment now = Moment.ZERO;
    private long planned;
    private long done;

    private record Letter(Agenda to, long nanos, Runnable action) {}

    public Agenda(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Virtual now. */
    public Moment now() {
        return now;
    }

    /** The only source of chance in this place. */
    public SplittableRandom random() {
        return random;
    }

    /** Plans an action {@code delay} from now. */
    public void in(Duration delay, Runnable action) {
        inNanos(delay.toNanos(), action);
    }

    /** Plans an action {@code nanos} from now. */
    public void inNanos(long nanos, Runnable action) {
        plan(now.nanos() + Math.max(0, nanos), action);
    }

    /** Plans an action at a moment, now if it has passed. */
    public void at(Moment moment, Runnable action) {
        inNanos(moment.nanos() - now.nanos(), action);
    }

    private void plan(long nanos, Runnable action) {
        entries.add(nanos, planned++, action);
    }

    /** Plans an action {@code nanos} from now in a place, this one or another; see {@link Places} for how near that may be. */
    public void inNanos(Agenda place, long nanos, Runnable action) {
        if (place == this) {
            inNanos(nanos, action);
        } else {
            letters.add(new Letter(place, now.nanos() + nanos, action));
        }
    }

    /** Hands over what was planned for other places. */
    void deliver() {
        for (Letter letter : letters) {
            letter.to().plan(letter.nanos(), letter.action());
        }
        letters.clear();
    }

    /** When the next thing happens; the end of time when nothing is left. */
    Moment next() {
        return new Moment(entries.isEmpty() ? Long.MAX_VALUE : entries.firstKey());
    }

    /** Does the next thing; false when nothing is left or the next one lies after {@code end}. */
    public boolean step(Moment end) {
        if (entries.isEmpty() || entries.firstKey() > end.nanos()) {
            return false;
        }
        now = new Moment(entries.firstKey());
        done++;
        entries.poll().run();
        return true;
    }

    /** Things done so far. */
    public long done() {
        return done;
    }
}
