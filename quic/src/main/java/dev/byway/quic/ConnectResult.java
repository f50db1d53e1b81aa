package dev.byway.quic;

import java.security.cert.CertificateException;
import java.util.OptionalInt;

/** What came of connecting. */
public sealed interface ConnectResult {
    /** It stands, and the other end's certificate was judged here; ours may still be refused there. */
    record Connected(QuicStream stream) implements ConnectResult {}

    /** No datagrams come through. */
    record NoWay(String detail) implements ConnectResult {}

    /** No answer in time. */
    record TimedOut(String detail) implements ConnectResult {}

    /** This device does not talk to who was there. */
    record NotTrusted(CertificateException reason) implements ConnectResult {}

    /**
     * The other end did not accept this device, or does not speak the protocol.
     *
     * @param alert of TLS, as {@link QuicClosedException#alert} has it
     */
    record Refused(String detail, OptionalInt alert) implements ConnectResult {}
}
