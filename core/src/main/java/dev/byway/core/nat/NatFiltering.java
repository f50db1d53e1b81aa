package dev.byway.core.nat;

/** Whose packets the NAT in front of a device lets in (RFC 4787 section 5). */
public enum NatFiltering {
    /** Anybody's. */
    ENDPOINT_INDEPENDENT("endpoint-independent"),
    /** Those from addresses that the device has sent to. */
    ADDRESS_DEPENDENT("address-dependent"),
    /** Those from the very addresses and ports that it has sent to. */
    ADDRESS_AND_PORT_DEPENDENT("address-and-port-dependent"),
    /** Nobody tried, or could. */
    UNKNOWN("unknown");

    private final String label;

    NatFiltering(String label) {
        this.label = label;
    }

    /** In the words of RFC 5780. */
    public String label() {
        return label;
    }
}
