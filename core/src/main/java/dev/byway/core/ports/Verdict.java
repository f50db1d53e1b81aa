package dev.byway.core.ports;

import java.util.List;
import java.util.Optional;

/** What a firewall does with what a rule of the table needs. */
public sealed interface Verdict {
    /** It lets it through. */
    record Open() implements Verdict {}

    /**
     * It does not.
     *
     * @param by the rule that decides
     */
    record Blocked(Decider by) implements Verdict {}

    /**
     * It cannot be told.
     *
     * @param why the rule that is not understood, or what is missing
     */
    record Unknown(String why) implements Verdict {}

    /** Of several things that must all pass. */
    static Verdict all(List<Verdict> verdicts) {
        Optional<Verdict> blocked =
                verdicts.stream().filter(one -> one instanceof Blocked).findFirst();
        return blocked.or(() ->
                        verdicts.stream().filter(one -> one instanceof Unknown).findFirst())
                .orElseGet(Open::new);
    }

    /** {@code open}, {@code blocked} or {@code unknown}. */
    default String label() {
        return switch (this) {
            case Open() -> "open";
            case Blocked _ -> "blocked";
            case Unknown _ -> "unknown";
        };
    }

    /** By which rule, or why not known; empty when open. */
    default String detail() {
        return switch (this) {
            case Open() -> "";
            case Blocked(Decider by) -> by.words();
            case Unknown(String why) -> why;
        };
    }
}
