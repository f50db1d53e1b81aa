package dev.byway.agent.fleet;

import dev.byway.core.fleet.Refusal;

/** The coordinator answered, and refused. The message is its own. */
public final class CoordinatorRefusedException extends RuntimeException {
    private final transient Refusal refusal;

    public CoordinatorRefusedException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    /** Why, and when to try again. */
    public Refusal refusal() {
        return refusal;
    }
}
