package dev.byway.agent.fleet;

import dev.byway.core.fleet.AdminToken;
import javax.net.ssl.X509ExtendedKeyManager;

/** As whom one calls the coordinator. */
public sealed interface Credential {
    /** As nobody: to enrol, and to see whether it is there. */
    record None() implements Credential {}

    /**
     * As a device of the fleet.
     *
     * @param keys shows the device's certificate and proves its key
     */
    record Device(X509ExtendedKeyManager keys) implements Credential {}

    /** As the administrator. */
    record Admin(AdminToken token) implements Credential {}
}
