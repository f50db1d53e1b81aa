package dev.byway.agent.identity;

/** The device's key or certificates cannot be read, made or stored. The message says which file, why, and what to do. */
public final class IdentityException extends RuntimeException {
    public IdentityException(String message) {
        super(message);
    }

    public IdentityException(String message, Throwable cause) {
        super(message, cause);
    }
}
