package dev.byway.coordinator.authority;

import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.FleetName;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a device's certificate says, once TLS has proved who holds its key and that the authority signed it.
 *
 * @param device by its key, never by a name in the certificate
 * @param groups what it was granted
 * @param from start of its validity
 * @param until end of its validity
 */
public record DeviceCertificate(DeviceId device, List<AccessGroup> groups, Instant from, Instant until) {
    private static final int URI = 6;

    public DeviceCertificate {
        groups = List.copyOf(groups);
    }

    /** Reads a certificate; empty when it is not one of a device. */
    public static Optional<DeviceCertificate> read(X509Certificate certificate) {
        DeviceId device = DeviceId.ofPublicKey(certificate.getPublicKey().getEncoded());
        List<AccessGroup> groups = new ArrayList<>();
        boolean named = false;
        for (FleetName name : names(certificate)) {
            switch (name) {
                case FleetName.Coordinator() -> {
                    return Optional.empty();
                }
                case FleetName.Device(DeviceId id) -> named |= id.equals(device);
                case FleetName.Member(AccessGroup group) -> groups.add(group);
            }
        }
        return named
                ? Optional.of(new DeviceCertificate(
                        device,
                        groups,
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()))
                : Optional.empty();
    }

    /** Whether it is valid at {@code now}, give or take {@link FleetLimits#CLOCK_TOLERANCE}. */
    public boolean validAt(Instant now) {
        return !now.plus(FleetLimits.CLOCK_TOLERANCE).isBefore(from)
                && !now.minus(FleetLimits.CLOCK_TOLERANCE).isAfter(until);
    }

    private static List<FleetName> names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            List<FleetName> names = new ArrayList<>();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(0) instanceof Integer type && type == URI && name.get(1) instanceof String uri) {
                    FleetName.parse(uri).ifPresent(names::add);
                }
            }
            return names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
