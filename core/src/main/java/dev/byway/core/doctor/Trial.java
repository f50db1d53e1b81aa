package dev.byway.core.doctor;

import dev.byway.core.account.PlainText;
import dev.byway.core.wire.ProbeOutcome;

/**
 * What came of a handshake that was tried.
 *
 * @param detail for people
 */
public record Trial(ProbeOutcome outcome, String detail) {
    public Trial {
        detail = PlainText.of(detail);
    }

    /** Not tried, and why. */
    public static Trial not(String why) {
        return new Trial(ProbeOutcome.NOT_TRIED, why);
    }

    /** Whether the device proved its key. */
    public boolean succeeded() {
        return outcome == ProbeOutcome.HANDSHAKE;
    }

    /** Whether it was tried in vain. */
    public boolean failed() {
        return outcome != ProbeOutcome.HANDSHAKE && outcome != ProbeOutcome.NOT_TRIED;
    }
}
