package dev.byway.agent.identity;

import java.security.cert.CertificateException;

/** A peer's certificate is not believed; the handshake fails. */
public final class PeerRefusedException extends CertificateException {
    /** Why. */
    public enum Reason {
        /** Not a certificate for a P-256 key, or one that a device may not have. */
        MALFORMED,
        /** No chain to the CA key of this device's fleet. */
        OTHER_FLEET,
        /** Of this fleet, but not valid now, by more than clocks may differ. */
        NOT_VALID_NOW,
        /** This very device. */
        SELF
    }

    private final Reason reason;

    PeerRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
