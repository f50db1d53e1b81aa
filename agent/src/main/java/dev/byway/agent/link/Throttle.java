package dev.byway.agent.link;

/** A limit on how fast content goes out; may be shared by many links, hence any thread. */
@FunctionalInterface
public interface Throttle {
    /** No limit. */
    Throttle NONE = bytes -> 0;

    /**
     * Takes bytes that went out from the budget.
     *
     * @return nanoseconds for which this link sends no more content; control frames go on
     */
    long acquire(int bytes);
}
