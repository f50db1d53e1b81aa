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
 * @param tries how often it was dialled, at its addresses one after the other
 * @param failure how the last dial failed; empty while the first one is under way
 */
public record Unreached(String name, Moment since, int tries, Optional<Reason> failure) {
    private static final Duration SOON = Duration.ofSeconds(1);

    /** What {@code why} should tell of it now: nothing while it may still answer soon. */
    public Optional<Reason> reason(Moment now) {
        Duration waited = now.since(since);
        return failure.isPresent() || waited.compareTo(SOON) < 0
                ? failure.map(this::withTries)
                : Optional.of(Reason.of(
                        name, ReasonCode.PEER_UNREACHABLE, "no answer yet, after " + waited.toMillis() + " ms"));
    }

    private Reason withTries(Reason last) {
        String detail = tries < 2 ? last.detail() : "dialled " + tries + " times, the last time: " + last.detail();
        return new Reason(last.source(), last.code(), last.setting(), detail, last.timing());
    }
}
