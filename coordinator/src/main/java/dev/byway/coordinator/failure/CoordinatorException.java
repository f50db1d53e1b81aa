package dev.byway.coordinator.failure;

/** The coordinator cannot start or go on. The message says what, where and what to do. */
public final class CoordinatorException extends RuntimeException {
    public CoordinatorException(String message) {
        super(message);
    }

    public CoordinatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
