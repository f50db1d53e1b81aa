package dev.byway.agent.fleet;

import dev.byway.core.content.Digest;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.FleetName;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Recognizes the coordinator: the chain it shows has to lead to the authority whose key the join token pinned.
 *
 * <p>That alone would let every device of the fleet pass for the coordinator, for the same authority certified them. So the
 * certificate has to be named {@link FleetName.Coordinator}, which the authority writes for the coordinator only, wherever it
 * is reached; or, where the administrator gave it a certificate of another authority, be for the host of the URL.
 *
 * <p>This device's clock may be a day off: the chain is judged for the moment of its validity that is nearest to now, and that
 * may lie {@link FleetLimits#CLOCK_TOLERANCE} away. Immutable; any thread.
 */
final class PinnedAuthority extends X509ExtendedTrustManager {
    private static final int MAX_CHAIN = 6;
    private static final int URI_NAME = 6;

    private final Digest pin;
    private final InstantSource clock;

    PinnedAuthority(Digest pin, InstantSource clock) {
        this.pin = pin;
        this.clock = clock;
    }

    /** The certificates do not lead to the pinned key: whoever answers is not of this fleet. */
    static final class StrangerException extends CertificateException {
        StrangerException() {
            super("this is not the fleet's coordinator: its certificates do not lead to the key that"
                    + " the join token names. Is something between intercepting TLS, or was the fleet founded anew?");
        }
    }

    /** Checks a chain, and that it is for the host of the URL. */
    private interface ForHost {
        void check(X509ExtendedTrustManager pkix, X509Certificate... shown) throws CertificateException;
    }

    private void check(String authType, Optional<ForHost> host, X509Certificate... chain) throws CertificateException {
        if (chain.length > MAX_CHAIN) {
            throw new CertificateException("the coordinator shows more than " + MAX_CHAIN + " certificates");
        }
        int end = placeOfAuthority(chain);
        List<X509Certificate> below = List.of(chain).subList(0, end);
        X509ExtendedTrustManager pkix = manager(chain[end], nearestValidMoment(below));
        X509Certificate[] shown = below.toArray(X509Certificate[]::new);
        if (isNamedCoordinator(chain[0])) {
            pkix.checkServerTrusted(shown, authType);
        } else if (host.isPresent()) {
            host.get().check(pkix, shown);
        } else {
            throw new CertificateException("not the certificate of a coordinator");
        }
    }

    private int placeOfAuthority(X509Certificate... chain) throws CertificateException {
        for (int i = 1; i < chain.length; i++) {
            if (chain[i].getBasicConstraints() >= 0
                    && Digest.sha256(chain[i].getPublicKey().getEncoded()).equals(pin)) {
                return i;
            }
        }
        throw new StrangerException();
    }

    private Instant nearestValidMoment(List<X509Certificate> chain) throws CertificateException {
        Instant from = chain.stream()
                .map(certificate -> certificate.getNotBefore().toInstant())
                .reduce(Instant.MIN, (a, b) -> a.isAfter(b) ? a : b);
        Instant to = chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .reduce(Instant.MAX, (a, b) -> a.isBefore(b) ? a : b);
        Instant now = clock.instant();
        Instant nearest = now.isBefore(from) ? from : now.isAfter(to) ? to : now;
        if (to.isBefore(from) || Duration.between(nearest, now).abs().compareTo(FleetLimits.CLOCK_TOLERANCE) > 0) {
            throw new CertificateException("the coordinator's certificate is valid from " + from + " to " + to
                    + ", this device's clock says " + now + ": check the clock");
        }
        return nearest;
    }

    private static X509ExtendedTrustManager manager(X509Certificate authority, Instant at) throws CertificateException {
        try {
            PKIXBuilderParameters parameters =
                    new PKIXBuilderParameters(Set.of(new TrustAnchor(authority, null)), new X509CertSelector());
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new CertificateException("this Java runtime cannot check certificates; use a full JDK 25");
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("cannot check the coordinator's certificate: " + e.getMessage(), e);
        }
    }

    private static boolean isNamedCoordinator(X509Certificate leaf) throws CertificateParsingException {
        return Stream.ofNullable(leaf.getSubjectAlternativeNames())
                .flatMap(Collection::stream)
                .filter(name -> name.get(0).equals(URI_NAME))
                .flatMap(name -> FleetName.parse(String.valueOf(name.get(1))).stream())
                .anyMatch(FleetName.Coordinator.class::isInstance);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(authType, Optional.of((pkix, shown) -> pkix.checkServerTrusted(shown, authType, engine)), chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        Optional<ForHost> host = comparesHosts(socket)
                ? Optional.of((pkix, shown) -> pkix.checkServerTrusted(shown, authType, socket))
                : Optional.empty();
        check(authType, host, chain);
    }

    private static boolean comparesHosts(Socket socket) {
        return socket instanceof SSLSocket tls
                && "HTTPS".equals(tls.getSSLParameters().getEndpointIdentificationAlgorithm());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(authType, Optional.empty(), chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("a device is no server of the coordinator");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("a device is no server of the coordinator");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a device is no server of the coordinator");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
