package dev.byway.quic;

import java.io.IOException;

/** The other end closed the connection, and said why. */
public final class QuicClosedException extends IOException {
    private final boolean handshake;

    QuicClosedException(String message, boolean handshake) {
        super(message);
        this.handshake = handshake;
    }

    /** Whether TLS ended it (RFC 9001 section 4.8): most likely our certificate was not accepted. */
    public boolean isAboutHandshake() {
        return handshake;
    }
}
