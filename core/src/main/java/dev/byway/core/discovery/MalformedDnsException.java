package dev.byway.core.discovery;

/** A packet is no DNS message that discovery can use. The message says what is wrong with it. */
public final class MalformedDnsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedDnsException(String message) {
        super(message);
    }

    MalformedDnsException(String message, Throwable cause) {
        super(message, cause);
    }
}
