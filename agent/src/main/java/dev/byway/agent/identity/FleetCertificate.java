package dev.byway.agent.identity;

import dev.byway.core.fleet.Validity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * What the fleet certifies of this device at present. It is renewed while links and calls go on: each new connection shows the
 * newest. Any thread.
 */
public final class FleetCertificate {
    private final DeviceKey key;
    private volatile FleetCredentials current;

    /** Begins with these. */
    public FleetCertificate(DeviceKey key, FleetCredentials credentials) {
        credentials.mustBeFor(key);
        this.key = key;
        this.current = credentials;
    }

    /** What {@link FleetCredentials#load} finds, if anything. */
    public static Optional<FleetCertificate> load(Path stateFolder, DeviceKey key) {
        return FleetCredentials.load(stateFolder, key).map(credentials -> new FleetCertificate(key, credentials));
    }

    /** Whose it is. */
    public DeviceKey key() {
        return key;
    }

    /** The fleet's CA. */
    public X509Certificate ca() {
        return current.ca();
    }

    /** When the device's own certificate is valid. */
    public Validity validity() {
        return current.validity();
    }

    /** Shows the certificate of the moment, to peers and to the coordinator. */
    public X509ExtendedKeyManager keyManager() {
        return new DeviceKeyManager(key.privateKey(), () -> current.chain());
    }

    /**
     * Shows these from now on, and keeps them in the state folder.
     *
     * @throws IdentityException when they are for another key or of another fleet, or cannot be kept
     */
    public synchronized void renew(FleetCredentials renewed, Path stateFolder) {
        if (!renewed.ca().getPublicKey().equals(ca().getPublicKey())) {
            throw new IdentityException("the renewed certificate is of another fleet: join the fleet again");
        }
        renewed.store(stateFolder, key);
        current = renewed;
    }
}
