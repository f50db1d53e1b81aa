package dev.byway.agent.api;

/** A request of the local API cannot be answered as asked; carries the answer it gets instead. */
final class RequestRefusedException extends RuntimeException {
    private final int status;
    private final transient ApiError error;

    RequestRefusedException(int status, String code, String message, String hint) {
        super(message);
        this.status = status;
        this.error = new ApiError(code, message, hint);
    }

    /** HTTP status, 400 or more. */
    int status() {
        return status;
    }

    ApiError error() {
        return error;
    }
}
