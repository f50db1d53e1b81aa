package dev.byway.origin;

/** The other side's bytes are not the HTTP/1.1 they should be. The message says what is wrong, not who sent it. */
final class HttpSyntaxException extends RuntimeException {
    HttpSyntaxException(String message) {
        super(message);
    }
}
