package dev.byway.coordinator.http;

/** Who may call a route. */
public enum Access {
    /** Anybody, without a credential. */
    ANYONE,
    /** A device with a certificate of this fleet, which is valid and not shut out. */
    DEVICE,
    /** Whoever has the admin token. */
    ADMIN,
    /** A device of this fleet, or whoever has the admin token. */
    FLEET;

    /** Whether {@code caller} is one of them. */
    boolean admits(Caller caller) {
        return switch (caller) {
            case Caller.Nobody() -> this == ANYONE;
            case Caller.Device _ -> this != ADMIN;
            case Caller.Admin() -> this != DEVICE;
        };
    }
}
