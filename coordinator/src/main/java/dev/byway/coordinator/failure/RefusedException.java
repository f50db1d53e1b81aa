package dev.byway.coordinator.failure;

import dev.byway.core.fleet.Refusal;

/** A request is refused, for the reason that its {@link #refusal()} tells the caller. */
public final class RefusedException extends RuntimeException {
    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    public RefusedException(Refusal.Reason reason, String message) {
        this(Refusal.of(reason, message));
    }

    /** What the caller is told. */
    public Refusal refusal() {
        return refusal;
    }
}
