package dev.byway.coordinator.learning;

/** A file cannot be learned; the message says why, for people. */
final class NotLearnedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotLearnedException(String why) {
        super(why, null, false, false);
    }
}
