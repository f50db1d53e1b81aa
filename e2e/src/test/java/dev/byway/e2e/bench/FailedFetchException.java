package dev.byway.e2e.bench;

/** A program failed to deliver the file; the message says how, for the table. */
final class FailedFetchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedFetchException(String message) {
        super(message);
    }
}
