package dev.byway.core.account;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a source gave what it gave, or nothing: one line of {@code byway why} and one element of {@code reasons} in
 * {@code byway get --json}.
 *
 * <p>Source and detail may carry words of a peer or a server. They are cut to {@link #MAX_TEXT} characters and rid of
 * control characters here, once, so that no log, terminal or page has to.
 *
 * @param source the source's name, or its kind when all of a kind are meant ({@code peers})
 * @param code what happened; the stable part
 * @param setting the name of the setting to look at, when one is behind it
 * @param detail one sentence for people, with the numbers
 * @param timing when it came up, where that was noted
 */
public record Reason(String source, ReasonCode code, Optional<String> setting, String detail, Optional<Timing> timing) {
    /**
     * When a reason came up, counted from the beginning of the download.
     *
     * @param first the first time
     * @param last the last time
     * @param times how often, at least 1
     * @param waited how long it held the download up altogether, zero when it did not
     */
    public record Timing(Duration first, Duration last, long times, Duration waited) {}

    /** Longest source or detail kept, in characters. */
    public static final int MAX_TEXT = PlainText.MAX;

    public Reason {
        source = PlainText.of(source);
        detail = PlainText.of(detail);
    }

    /** A reason of which it was not noted when it came up. */
    public Reason(String source, ReasonCode code, Optional<String> setting, String detail) {
        this(source, code, setting, detail, Optional.empty());
    }

    /** The same reason in other words. */
    public Reason withDetail(String words) {
        return new Reason(source, code, setting, words, timing);
    }

    /** The same reason, with when it came up. */
    public Reason at(Timing when) {
        return new Reason(source, code, setting, detail, Optional.of(when));
    }

    /** A reason behind which there is no setting. */
    public static Reason of(String source, ReasonCode code, String detail) {
        return new Reason(source, code, Optional.empty(), detail);
    }
}
