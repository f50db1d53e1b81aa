package dev.byway.quic;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Who this device is, and whom it talks to.
 *
 * @param keys its certificate and key, ECDSA P-256
 * @param trust judges the other end's certificate, in either role
 * @param protocol the application protocol (RFC 7301)
 */
public record Credentials(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust, String protocol) {}
