package dev.byway.agent.job;

/** A job cannot begin. The message says what is wrong and what to do. */
public final class JobRefusedException extends RuntimeException {
    public JobRefusedException(String message) {
        super(message);
    }
}
