package dev.byway.agent.identity;

import dev.byway.agent.identity.PeerRefusedException.Reason;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.FleetName;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the CA of this device's fleet vouches for a certificate chain.
 *
 * <p>The chain must lead to exactly the CA key that enrolment pinned (RFC 5280, section 6, with that key as the only anchor).
 * Device clocks may be off by a day, and a device whose clock is wrong must still be able to fetch the update that mends it;
 * so the chain is checked for the moment of its validity nearest to now, and that may lie {@link #CLOCK_TOLERANCE} away.
 */
final class FleetCheck {
    static final Duration CLOCK_TOLERANCE = Duration.ofHours(36);

    /** Access groups that one certificate may grant. */
    static final int MAX_GROUPS = 256;

    private static final int URI_NAME = 6;
    private static final String TLS_SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String TLS_CLIENT = "1.3.6.1.5.5.7.3.2";

    private final X509Certificate ca;
    private final InstantSource clock;

    FleetCheck(X509Certificate ca, InstantSource clock) {
        this.ca = ca;
        this.clock = clock;
    }

    /** The access groups that the chain's device was granted. */
    Set<AccessGroup> accessGroups(List<X509Certificate> chain) throws PeerRefusedException {
        X509Certificate device = chain.getFirst();
        if (device.getBasicConstraints() >= 0) {
            throw new PeerRefusedException(Reason.MALFORMED, "a CA is not a device");
        }
        validate(withoutCa(chain));
        try {
            List<String> usages = device.getExtendedKeyUsage();
            if (usages != null && !usages.containsAll(List.of(TLS_SERVER, TLS_CLIENT))) {
                throw new PeerRefusedException(
                        Reason.MALFORMED, "the certificate is not for a device: extended key usage");
            }
            return groups(device);
        } catch (PeerRefusedException e) {
            throw e;
        } catch (CertificateException e) {
            throw new PeerRefusedException(Reason.MALFORMED, "unreadable extension: " + e.getMessage());
        }
    }

    private List<X509Certificate> withoutCa(List<X509Certificate> chain) {
        boolean sentCa = chain.size() > 1 && chain.getLast().getPublicKey().equals(ca.getPublicKey());
        return sentCa ? chain.subList(0, chain.size() - 1) : chain;
    }

    private void validate(List<X509Certificate> chain) throws PeerRefusedException {
        Instant at = nearestValidMoment(chain);
        try {
            PKIXParameters parameters =
                    new PKIXParameters(Set.of(new TrustAnchor(ca.getSubjectX500Principal(), ca.getPublicKey(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
        } catch (CertPathValidatorException e) {
            throw new PeerRefusedException(Reason.OTHER_FLEET, "not certified by this fleet's CA: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new PeerRefusedException(Reason.MALFORMED, "not a certificate chain: " + e.getMessage());
        }
    }

    private Instant nearestValidMoment(List<X509Certificate> chain) throws PeerRefusedException {
        Instant from = Instant.MIN;
        Instant to = Instant.MAX;
        for (X509Certificate certificate : chain) {
            Instant notBefore = certificate.getNotBefore().toInstant();
            Instant notAfter = certificate.getNotAfter().toInstant();
            from = notBefore.isAfter(from) ? notBefore : from;
            to = notAfter.isBefore(to) ? notAfter : to;
        }
        Instant now = clock.instant();
        Instant nearest = now.isBefore(from) ? from : now.isAfter(to) ? to : now;
        if (to.isBefore(from) || Duration.between(nearest, now).abs().compareTo(CLOCK_TOLERANCE) > 0) {
            throw new PeerRefusedException(
                    Reason.NOT_VALID_NOW,
                    "certificate valid from " + from + " to " + to + ", this device's clock says " + now
                            + "; check the clocks, or renew the certificate by joining again");
        }
        return nearest;
    }

    /** The groups among the names that the CA gave, which must be those of a device and of this one. */
    private static Set<AccessGroup> groups(X509Certificate device) throws CertificateException {
        Set<AccessGroup> groups = new HashSet<>();
        for (FleetName name : names(device)) {
            switch (name) {
                case FleetName.Member(AccessGroup group) -> groups.add(group);
                case FleetName.Device(DeviceId id) -> {
                    if (!id.equals(P256.id(device.getPublicKey()))) {
                        throw new PeerRefusedException(Reason.MALFORMED, "the certificate names another device");
                    }
                }
                case FleetName.Coordinator() ->
                    throw new PeerRefusedException(Reason.MALFORMED, "the coordinator is not a device");
            }
        }
        if (groups.size() > MAX_GROUPS) {
            throw new PeerRefusedException(Reason.MALFORMED, "more than " + MAX_GROUPS + " access groups");
        }
        return groups;
    }

    private static List<FleetName> names(X509Certificate device) throws CertificateException {
        Collection<List<?>> names = device.getSubjectAlternativeNames();
        List<FleetName> found = new ArrayList<>();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            if (name.get(0) instanceof Integer type && type == URI_NAME && name.get(1) instanceof String uri) {
                FleetName.parse(uri).ifPresent(found::add);
            }
        }
        return found;
    }
}
