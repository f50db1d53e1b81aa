package dev.byway.core.fleet;

/** Bytes or text from the other side that are not the message they should be. The message says which field and why. */
public final class MalformedMessageException extends RuntimeException {
    public MalformedMessageException(String message) {
        super(message);
    }
}
