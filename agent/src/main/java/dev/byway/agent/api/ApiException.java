package dev.byway.agent.api;

/** The agent did not do what its client asked. The message says why and what to do. */
public final class ApiException extends RuntimeException {
    /** What kind of trouble it is. */
    public enum Kind {
        /** The agent does not answer any more: it has stopped or is about to. */
        GONE,
        /** What was asked about is not there: a job that was closed, a content that is not held. */
        NOT_FOUND,
        /** The agent refuses the request. */
        REFUSED,
        /** The agent answers what this client does not understand: another release, or not an agent at all. */
        NOT_UNDERSTOOD
    }

    private final Kind kind;
    private final int status;
    private final String code;

    ApiException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = 0;
        this.code = "";
    }

    ApiException(Kind kind, int status, ApiError error) {
        super(error.sentence());
        this.kind = kind;
        this.status = status;
        this.code = error.code();
    }

    public Kind kind() {
        return kind;
    }

    /** HTTP status, 0 when there was none. */
    int status() {
        return status;
    }

    /** The error code of docs/local-api.md, or empty text. */
    public String code() {
        return code;
    }
}
