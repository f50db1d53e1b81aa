package dev.byway.core.policy;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import java.util.Optional;

/**
 * A gate's no.
 *
 * @param code the stable part
 * @param setting the setting behind it, when there is one
 * @param detail one sentence with the numbers
 */
public record Refusal(ReasonCode code, Optional<Setting<?>> setting, String detail) {
    static Optional<Refusal> because(Setting<?> setting, ReasonCode code, String detail) {
        return Optional.of(new Refusal(code, Optional.of(setting), detail));
    }

    /** The line of {@code why} that tells it of {@code source}. */
    public Reason about(String source) {
        return new Reason(source, code, setting.map(Setting::name), detail);
    }
}
