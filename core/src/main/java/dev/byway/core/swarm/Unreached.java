package dev.byway.core.swarm;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * A neighbour that is known and to which there is no link, although it was dialled.
 *
 * @param name where it was dialled, for people
 * @param since when the first dial began
 * @param failure how the last dial failed; empty while the first one is under way
 */
public record Unreached(String name, Moment since, Optional<Reason> failure) {
    private static final Duration SOON = Duration.ofSeconds(1);

    /** What {@code why} should tell of it now: nothing while it may still answer soon. */
    public Optional<Reason> reason(Moment now) {
        Duration waited = now.since(since);
        return failure.isPresent() || waited.compareTo(SOON) < 0
                ? failure
                : Optional.of(Reason.of(
                        name, ReasonCode.PEER_UNREACHABLE, "no answer yet, after " + waited.toMillis() + " ms"));
    }
}
