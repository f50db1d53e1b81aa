package dev.byway.core.fleet;

/**
 * What the coordinator says of a device's Teredo address. It names to others only what it has seen itself, so that no device
 * can have the others send bubbles to an address that is not its own.
 */
public enum TeredoVerdict {
    /** It is named to devices of other sites that have one too. */
    TAKEN,
    /** The coordinator is no Teredo server. */
    NO_SERVER,
    /** The server in it is another one than the coordinator. */
    OTHER_SERVER,
    /** The IPv4 address in it is not the one that the device's connection to the coordinator comes from. */
    OTHER_ADDRESS,
    /** The mapping in it did not solicit at the coordinator's Teredo server in the last five minutes. */
    NOT_SOLICITED,
    /** The Teredo server has too much to do to say; the next announcement may tell. */
    BUSY;

    /** A part of a sentence for a person: "the coordinator does not name it to others, because ...". */
    public String phrase() {
        return switch (this) {
            case TAKEN -> "the coordinator names it to other devices";
            case NO_SERVER -> "the coordinator is no Teredo server (teredo.server.addresses)";
            case OTHER_SERVER ->
                "it was given by another Teredo server than the coordinator (teredo.server.advertised)";
            case OTHER_ADDRESS ->
                "the address in it is not the one from which this device calls the coordinator: through a proxy, by IPv6, "
                        + "or by another line";
            case NOT_SOLICITED -> "its mapping was not seen at the coordinator's Teredo server for five minutes";
            case BUSY -> "the coordinator's Teredo server is too busy to say";
        };
    }
}
