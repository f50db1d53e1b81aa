package dev.byway.core.content;

/** Bytes, a manifest or a signature failed their proof. The message says which, and what to do where that is known. */
public final class UntrustedContentException extends RuntimeException {
    private final String message;

    public UntrustedContentException(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
