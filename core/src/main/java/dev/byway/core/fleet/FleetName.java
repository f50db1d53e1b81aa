package dev.byway.core.fleet;

import java.util.Optional;

/**
 * The names that the fleet's certification authority writes into certificates, as subject alternative names of type URI
 * (RFC 5280 section 4.2.1.6). A device's certificate holds its id and each access group it was granted; only the
 * coordinator's holds {@link Coordinator}, so no device can pass for it although both lead to the same authority.
 */
public sealed interface FleetName {
    /** The coordinator of the fleet. */
    record Coordinator() implements FleetName {
        @Override
        public String uri() {
            return PREFIX + "coordinator";
        }
    }

    /** A device. */
    record Device(DeviceId id) implements FleetName {
        @Override
        public String uri() {
            return PREFIX + "device:" + id;
        }
    }

    /** An access group that the bearer was granted. */
    record Member(AccessGroup group) implements FleetName {
        @Override
        public String uri() {
            return PREFIX + "group:" + group;
        }
    }

    /** What every name starts with. */
    String PREFIX = "byway:";

    /** The name as it stands in the certificate. */
    String uri();

    /** The name that {@link #uri()} wrote; empty for any other text, which has no meaning here. */
    static Optional<FleetName> parse(String uri) {
        try {
            if (uri.equals(PREFIX + "coordinator")) {
                return Optional.of(new Coordinator());
            } else if (uri.startsWith(PREFIX + "device:")) {
                return Optional.of(new Device(DeviceId.parse(uri.substring(PREFIX.length() + 7))));
            } else if (uri.startsWith(PREFIX + "group:")) {
                return Optional.of(new Member(new AccessGroup(uri.substring(PREFIX.length() + 6))));
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
