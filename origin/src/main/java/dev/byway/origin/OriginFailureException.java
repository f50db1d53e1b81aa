package dev.byway.origin;

/** A body could not be read to its end. */
public final class OriginFailureException extends RuntimeException {
    private final OriginAnswer.Failed failure;

    OriginFailureException(OriginAnswer.Failed failure) {
        super(failure.message());
        this.failure = failure;
    }

    OriginFailureException(OriginAnswer.Failed failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /** What happened, in the words of {@link OriginAnswer}. */
    public OriginAnswer.Failed failure() {
        return failure;
    }
}
