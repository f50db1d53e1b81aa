package dev.byway.sim;

/** A run did what must never happen. The message names the seed that repeats it. */
public final class InvariantBroken extends RuntimeException {
    InvariantBroken(String message) {
        super(message);
    }
}
