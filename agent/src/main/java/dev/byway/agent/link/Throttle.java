package dev.byway.agent.link;

import dev.byway.core.unit.Rate;
import java.util.Optional;

/** A limit on how fast content goes out; may be shared by many links, hence any thread. */
@FunctionalInterface
public interface Throttle {
    /** No limit. */
    Throttle NONE = bytes -> 0;

    /** One limit for all links that share it; none when there is no rate. */
    static Throttle of(Optional<Rate> rate) {
        return rate.<Throttle>map(SharedThrottle::new).orElse(NONE);
    }

    /**
     * Reserves bytes that are about to go out.
     *
     * @return nanoseconds until they may; control frames go on meanwhile
     */
    long acquire(int bytes);
}
