package dev.byway.core.ports;

/** A firewall's tool printed something that cannot be used. The message says what, and what to do. */
public final class FirewallTextException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FirewallTextException(String message) {
        super(message);
    }
}
