package dev.byway.agent.fleet;

import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.EnrolRequest;
import dev.byway.core.fleet.Enrolment;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.fleet.Publishers;
import dev.byway.core.unit.ByteString;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Joining a fleet: the one call that a device makes before it has a certificate. The coordinator has to prove the key that the
 * token names before the token's secret is sent.
 */
public final class Joining {
    private final JoinToken token;
    private final Optional<InetAddress> from;
    private final CallLimits limits;
    private final InstantSource clock;

    /** With this token, from any local address. */
    public Joining(JoinToken token) {
        this(token, Optional.empty(), CallLimits.DEFAULT, InstantSource.system());
    }

    public Joining(JoinToken token, Optional<InetAddress> from, CallLimits limits, InstantSource clock) {
        this.token = token;
        this.from = from;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param enrolment the certificates to keep
     * @param publishers the list of publishers, believed because the token names its signer
     */
    public record Joined(Enrolment enrolment, Publishers publishers) {}

    /**
     * Joins.
     *
     * @param device the id of the key in {@code request}
     * @param request PKCS #10 in DER, signed with the device's key
     * @param name how the administrator shall see the device
     * @throws CoordinatorRefusedException when the token is not accepted; the message says why
     * @throws CoordinatorUnreachableException when the coordinator does not answer, or is another one than the token's
     * @throws UntrustedContentException when the list of publishers is not signed as the token says
     */
    public Joined join(DeviceId device, ByteString request, String name) {
        try (Calls calls = new Calls(FleetAddress.of(token, from), new Credential.None(), limits, clock)) {
            EnrolRequest enrol = new EnrolRequest(token.id(), token.secret(), request, name);
            Enrolment enrolment = Enrolment.read(calls.call("POST", "/v1/enrol", enrol.bytes(), FleetLimits.BODY));
            if (!enrolment.device().equals(device)) {
                throw new MalformedMessageException("the coordinator certified another device than this one");
            }
            return new Joined(enrolment, Publishers.open(enrolment.publishers(), token.publishersRoot(), 0));
        }
    }
}
