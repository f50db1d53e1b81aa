package dev.byway.quic;

import java.io.IOException;
import java.util.OptionalInt;

/** The other end closed the connection, and said why. */
public final class QuicClosedException extends IOException {
    private final OptionalInt alert;

    QuicClosedException(String message, OptionalInt alert) {
        super(message);
        this.alert = alert;
    }

    /** The alert with which TLS ended it (RFC 9001 section 4.8, numbers of RFC 8446 section 6); empty when it was not TLS. */
    public OptionalInt alert() {
        return alert;
    }
}
