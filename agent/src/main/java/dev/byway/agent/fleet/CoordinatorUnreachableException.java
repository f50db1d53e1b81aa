package dev.byway.agent.fleet;

/** The coordinator did not answer within the call's time. The message says which one and why. */
public final class CoordinatorUnreachableException extends RuntimeException {
    public CoordinatorUnreachableException(String message) {
        super(message);
    }
}
