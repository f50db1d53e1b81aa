package dev.byway.core.account;

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
 */
public record Reason(String source, ReasonCode code, Optional<String> setting, String detail) {
    /** Longest source or detail kept, in characters. */
    public static final int MAX_TEXT = PlainText.MAX;

    public Reason {
        source = PlainText.of(source);
        detail = PlainText.of(detail);
    }

    /** A reason behind which there is no setting. */
    public static Reason of(String source, ReasonCode code, String detail) {
        return new Reason(source, code, Optional.empty(), detail);
    }
}
