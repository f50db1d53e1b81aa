package dev.byway.sim.time;

/** A run did what must never happen. The message names the seed that repeats it. */
public final class InvariantBroken extends RuntimeException {
    /** @param message what, where, and the seed */
    public InvariantBroken(String message) {
        super(message);
    }
}
