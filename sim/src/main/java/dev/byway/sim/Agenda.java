package dev.byway.sim;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Virtual time: what is to happen, in order of time and, at the same time, in the order in which it was planned. */
public final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private final SplittableRandom random;
    private Moment now = Moment.ZERO;
    private long planned;
    private long done;

    private record Entry(long nanos, long order, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    public Agenda(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Virtual now. */
    public Moment now() {
        return now;
    }

    /** The only source of chance in a run. */
    public SplittableRandom random() {
        return random;
    }

    /** Plans an action {@code delay} from now. */
    public void in(Duration delay, Runnable action) {
        inNanos(delay.toNanos(), action);
    }

    /** Plans an action {@code nanos} from now. */
    public void inNanos(long nanos, Runnable action) {
        entries.add(new Entry(now.nanos() + Math.max(0, nanos), planned++, action));
    }

    /** Plans an action at a moment, now if it has passed. */
    public void at(Moment moment, Runnable action) {
        inNanos(moment.nanos() - now.nanos(), action);
    }

    /** Does the next thing; false when nothing is left or the next one lies after {@code end}. */
    public boolean step(Moment end) {
        Entry next = entries.peek();
        if (next == null || next.nanos > end.nanos()) {
            return false;
        }
        entries.poll();
        now = new Moment(next.nanos);
        done++;
        next.action.run();
        return true;
    }

    /** Things done so far. */
    public long done() {
        return done;
    }
}
