package dev.byway.core.swarm;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a download waited for while nothing was on its way, and how long altogether. One owner, pure. */
final class Waits {
    /** Shorter ones are not worth a word. */
    static final Duration LEAST = Duration.ofMillis(50);

    /** What it can wait for. */
    enum Cause {
        COORDINATOR("coordinator", "for the coordinator to name neighbours"),
        DIALLING("neighbours", "for neighbours being dialled"),
        ANSWERS("neighbours", "for neighbours to say what they hold"),
        SLOTS("neighbours", "for an upload slot of a neighbour"),
        TURN("neighbours", "for pieces that neighbours fetch from outside"),
        PAUSE("sources", "before a source that failed is asked again");

        private final String source;
        private final String words;

        Cause(String source, String words) {
            this.source = source;
            this.words = words;
        }
    }

    private final Moment began;
    private final Map<Cause, Sum> sums = new EnumMap<>(Cause.class);
    private Optional<Cause> present = Optional.empty();
    private Moment since;

    private record Sum(Moment first, Moment last, long times, Duration waited) {
        Sum plus(Sum more) {
            return new Sum(first, more.last(), times + more.times(), waited.plus(more.waited()));
        }
    }

    Waits(Moment began) {
        this.began = began;
        this.since = began;
    }

    /** From now on it waits for this; or, with nothing, it does not. */
    void now(Optional<Cause> cause, Moment now) {
        if (cause.equals(present)) {
            return;
        }
        present.ifPresent(over -> sums.merge(over, new Sum(since, now, 1, now.since(since)), Sum::plus));
        present = cause;
        since = now;
    }

    /** A line of {@code why} for each. */
    List<Reason> reasons() {
        return sums.entrySet().stream()
                .filter(sum -> sum.getValue().waited().compareTo(LEAST) >= 0)
                .map(sum -> reason(sum.getKey(), sum.getValue()))
                .toList();
    }

    private Reason reason(Cause cause, Sum sum) {
        String detail = String.format(Locale.ROOT, "%.1f s %s", sum.waited().toMillis() / 1e3, cause.words);
        return Reason.of(cause.source, ReasonCode.WAITED, detail)
                .at(new Reason.Timing(sum.first().since(began), sum.last().since(began), sum.times(), sum.waited()));
    }
}
