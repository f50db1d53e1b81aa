package dev.byway.agent.identity;

import dev.byway.agent.identity.PeerRefusedException.Reason;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Membership;
import dev.byway.core.fleet.PeerIdentity;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which peers this device talks to, and who they are. Used by TLS during the handshake of either role, and once more after
 * it, to name the peer.
 *
 * <p>TLS itself proves that the peer holds the key in its certificate (RFC 8446, section 4.4.3). Without a fleet that is all
 * there is to prove: a certificate is then only the envelope of a key, whoever signed it and whatever dates it bears, and the
 * peer is {@link Membership.Anonymous}. With a fleet the CA must vouch for the key, unless anonymous peers are allowed
 * beside. Addresses and host names mean nothing. Immutable; any thread.
 */
public final class PeerTrust extends X509ExtendedTrustManager {
    /** Longest chain that is looked at. */
    static final int MAX_CHAIN = 4;

    private final DeviceId self;
    private final Optional<FleetCheck> fleet;
    private final boolean anonymousAllowed;

    private PeerTrust(DeviceId self, Optional<FleetCheck> fleet, boolean anonymousAllowed) {
        this.self = self;
        this.fleet = fleet;
        this.anonymousAllowed = anonymousAllowed;
    }

    /** The trust of a device without a fleet: any key but its own. */
    public static PeerTrust withoutFleet(DeviceId self) {
        return new PeerTrust(self, Optional.empty(), true);
    }

    /**
     * The trust of an enrolled device.
     *
     * @param ca the fleet's CA; only chains to its very key count
     * @param anonymousAllowed setting {@code peer.allowAnonymous}
     * @param clock wall-clock time
     */
    public static PeerTrust ofFleet(DeviceId self, X509Certificate ca, boolean anonymousAllowed, InstantSource clock) {
        return new PeerTrust(self, Optional.of(new FleetCheck(ca, clock)), anonymousAllowed);
    }

    /**
     * Who shows this chain.
     *
     * @param shown leaf first, as the handshake gave it
     * @throws PeerRefusedException when this device does not talk to it
     */
    public PeerIdentity identify(Certificate... shown) throws PeerRefusedException {
        List<X509Certificate> chain = x509(shown);
        X509Certificate leaf = chain.getFirst();
        if (!P256.is(leaf.getPublicKey())) {
            throw new PeerRefusedException(
                    Reason.MALFORMED, "a device's key is ECDSA P-256, not " + leaf.getSigAlgName());
        }
        DeviceId device = P256.id(leaf.getPublicKey());
        if (device.equals(self)) {
            throw new PeerRefusedException(Reason.SELF, "this device's own key");
        }
        return new PeerIdentity(device, membership(chain));
    }

    private Membership membership(List<X509Certificate> chain) throws PeerRefusedException {
        if (fleet.isEmpty()) {
            return new Membership.Anonymous();
        }
        try {
            return new Membership.Fleet(fleet.get().accessGroups(chain));
        } catch (PeerRefusedException e) {
            if (anonymousAllowed) {
                return new Membership.Anonymous();
            }
            throw e;
        }
    }

    private static List<X509Certificate> x509(Certificate... shown) throws PeerRefusedException {
        if (shown.length == 0 || shown.length > MAX_CHAIN) {
            throw new PeerRefusedException(
                    Reason.MALFORMED, "a peer shows 1 to " + MAX_CHAIN + " certificates, not " + shown.length);
        }
        List<X509Certificate> chain = new ArrayList<>(shown.length);
        for (Certificate certificate : shown) {
            if (!(certificate instanceof X509Certificate x509)) {
                throw new PeerRefusedException(Reason.MALFORMED, "not an X.509 certificate");
            }
            chain.add(x509);
        }
        return chain;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws PeerRefusedException {
        identify(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws PeerRefusedException {
        identify(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws PeerRefusedException {
        identify(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws PeerRefusedException {
        identify(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws PeerRefusedException {
        identify(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws PeerRefusedException {
        identify(chain);
    }

    /** None: a device shows the certificate it has. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
