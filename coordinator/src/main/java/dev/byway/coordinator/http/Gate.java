package dev.byway.coordinator.http;

import dev.byway.coordinator.authority.DeviceCertificate;
import dev.byway.coordinator.failure.RefusedException;
import dev.byway.core.fleet.Addresses;
import dev.byway.core.fleet.Refusal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Stands before every route: who calls, whether it may, whether it comes too often. Any thread. */
final class Gate {
    private final Authentication authentication;
    private final Buckets buckets;

    Gate(Authentication authentication, Buckets buckets) {
        this.authentication = authentication;
        this.buckets = buckets;
    }

    /**
     * The caller, if it may call {@code route} now.
     *
     * @throws RefusedException when not
     */
    Caller admit(
            Route route, Optional<String> authorization, Optional<X509Certificate> certificate, InetAddress address) {
        Caller caller = authenticated(authorization, certificate, address);
        if (!route.access().admits(caller)) {
            throw noAccess(caller, address);
        }
        String payer = switch (caller) {
            case Caller.Device(DeviceCertificate device) -> device.device().toString();
            case Caller.Admin() -> "admin";
            case Caller.Nobody() -> place(address);
        };
        charge(payer, route.quota());
        return caller;
    }

    private Caller authenticated(
            Optional<String> authorization, Optional<X509Certificate> certificate, InetAddress address) {
        try {
            return authentication.caller(authorization, certificate);
        } catch (RefusedException e) {
            charge(place(address), Quota.STRANGER);
            throw e;
        }
    }

    private RefusedException noAccess(Caller caller, InetAddress address) {
        charge(place(address), Quota.STRANGER);
        return caller instanceof Caller.Nobody
                ? new RefusedException(
                        Refusal.Reason.NOT_AUTHENTICATED,
                        "this needs the certificate of a device that joined the fleet, or the admin token")
                : new RefusedException(Refusal.Reason.NOT_ALLOWED, "this is not for this kind of caller");
    }

    /** Charges a caller for something that is on no route. */
    void strange(InetAddress address) {
        charge(place(address), Quota.STRANGER);
    }

    private void charge(String payer, Quota quota) {
        Optional<Duration> wait = buckets.take(payer, quota);
        if (wait.isPresent()) {
            throw new RefusedException(new Refusal(
                    Refusal.Reason.TOO_MANY, "too many requests of this kind: slow down", Optional.of(wait.get())));
        }
    }

    /** An address, or the /64 of IPv6, of which one machine may have as many as it likes. */
    private static String place(InetAddress address) {
        if (address instanceof Inet4Address) {
            return Addresses.format(address);
        }
        return Arrays.toString(Arrays.copyOf(address.getAddress(), 8));
    }
}
