package dev.byway.core.content;

/** A text is not the key it should be. The message says what is wrong and how to get a right one; it never shows the key. */
public final class KeyFormatException extends RuntimeException {
    public KeyFormatException(String message) {
        super(message);
    }
}
