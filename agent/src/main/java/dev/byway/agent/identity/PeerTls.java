package dev.byway.agent.identity;

import dev.byway.core.fleet.DeviceId;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * How peers speak TLS: version 1.3 only, both sides show a certificate, ALPN {@code byway/1}. AES-128 comes first because it
 * is the cheapest with hardware help, ChaCha20 last because the JDK's is three times dearer.
 *
 * <p>A resumed session would skip the certificates, and with them a check that may have become stricter meanwhile (RFC 8446,
 * section 2.2). So every connection gets an SSLContext of its own: a ticket that leaves it opens nothing afterwards.
 *
 * <p>Immutable; any thread.
 */
public final class PeerTls {
    /** The application protocol of RFC 7301. */
    public static final String PROTOCOL = "byway/1";

    private static final String VERSION = "TLSv1.3";
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };

    private final DeviceId self;
    private final PeerTrust trust;
    private final X509ExtendedKeyManager keys;

    private PeerTls(DeviceId self, PeerTrust trust, X509ExtendedKeyManager keys) {
        this.self = self;
        this.trust = trust;
        this.keys = keys;
    }

    /** A device without a fleet: shows the certificate it signed itself. */
    public static PeerTls withoutFleet(DeviceKey key) {
        List<X509Certificate> own = List.of(key.certificate());
        return new PeerTls(
                key.id(), PeerTrust.withoutFleet(key.id()), new DeviceKeyManager(key.privateKey(), () -> own));
    }

    /**
     * An enrolled device: shows the fleet's certificate of the moment.
     *
     * @param anonymousAllowed setting {@code peer.allowAnonymous}
     * @param clock wall-clock time
     */
    public static PeerTls ofFleet(FleetCertificate certificate, boolean anonymousAllowed, InstantSource clock) {
        PeerTrust trust = PeerTrust.ofFleet(certificate.key().id(), certificate.ca(), anonymousAllowed, clock);
        return new PeerTls(certificate.key().id(), trust, certificate.keyManager());
    }

    /** Either of the two, by whether the device has joined a fleet. */
    public static PeerTls of(
            DeviceKey key, Optional<FleetCertificate> fleet, boolean anonymousAllowed, InstantSource clock) {
        return fleet.map(certificate -> ofFleet(certificate, anonymousAllowed, clock))
                .orElseGet(() -> withoutFleet(key));
    }

    /** This device. */
    public DeviceId self() {
        return self;
    }

    /** Who may be at the other end. */
    public PeerTrust trust() {
        return trust;
    }

    /** What this device shows. */
    public X509ExtendedKeyManager keys() {
        return keys;
    }

    /** A context for one connection. */
    public SSLContext newContext() {
        try {
            SSLContext context = SSLContext.getInstance(VERSION);
            context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IdentityException("this Java runtime has no TLS 1.3; use a full JDK 25", e);
        }
    }

    /** The parameters of every connection, either role. */
    public SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters(SUITES.clone(), new String[] {VERSION});
        parameters.setNeedClientAuth(true);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(new String[] {PROTOCOL});
        parameters.setSignatureSchemes(new String[] {"ecdsa_secp256r1_sha256"});
        parameters.setNamedGroups(new String[] {"x25519", "secp256r1"});
        return parameters;
    }
}
