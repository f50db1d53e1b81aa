package dev.byway.coordinator.http;

import dev.byway.coordinator.authority.DeviceCertificate;
import dev.byway.coordinator.failure.RefusedException;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.fleet.Secret;
import dev.byway.core.unit.ByteString;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds out who calls: by the certificate that TLS has proved, or by a bearer token (RFC 6750). A credential that is wrong
 * is an error also where none is needed. Any thread.
 */
public final class Authentication {
    private static final String SCHEME = "Bearer ";

    private final Digest admin;
    private final Predicate<DeviceId> revoked;
    private final InstantSource clock;

    /**
     * Knows the administrator by a secret.
     *
     * @param admin digest of the secret
     * @param revoked which devices are shut out
     */
    public Authentication(Digest admin, Predicate<DeviceId> revoked, InstantSource clock) {
        this.admin = admin;
        this.revoked = revoked;
        this.clock = clock;
    }

    /**
     * Who calls.
     *
     * @throws RefusedException when a credential is not valid
     */
    Caller caller(Optional<String> authorization, Optional<X509Certificate> certificate) {
        if (authorization.isPresent()) {
            return bearer(authorization.get());
        }
        return certificate.<Caller>map(this::device).orElseGet(Caller.Nobody::new);
    }

    private Caller bearer(String authorization) {
        if (authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            String hex = authorization.substring(SCHEME.length()).strip();
            if (secret(hex).filter(secret -> secret.matches(admin)).isPresent()) {
                return new Caller.Admin();
            }
        }
        throw refused("this is not the admin token of this coordinator: it is in admin.token of its state folder");
    }

    private static Optional<Secret> secret(String hex) {
        try {
            return Optional.of(new Secret(ByteString.of(HexFormat.of().parseHex(hex))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Caller device(X509Certificate x509) {
        DeviceCertificate certificate = DeviceCertificate.read(x509)
                .orElseThrow(() -> refused("the certificate is not that of a device of this fleet"));
        Instant now = clock.instant();
        if (!certificate.validAt(now)) {
            throw refused("the certificate is valid from " + certificate.from() + " to " + certificate.until()
                    + ", and it is " + now + ": join the fleet again");
        }
        if (revoked.test(certificate.device())) {
            throw new RefusedException(
                    Refusal.Reason.NOT_ALLOWED, "the administrator shut this device out of the fleet");
        }
        return new Caller.Device(certificate);
    }

    private static RefusedException refused(String message) {
        return new RefusedException(Refusal.Reason.NOT_AUTHENTICATED, message);
    }
}
