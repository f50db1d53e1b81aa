package dev.byway.core.nat;

/** How the NAT in front of a device maps (RFC 4787 section 4.1), as far as two addresses of one server tell. */
public enum NatMapping {
    /** The same mapping for both: others find the device where its address says. */
    ENDPOINT_INDEPENDENT("endpoint-independent"),
    /** Another one for each: a symmetric NAT. */
    ENDPOINT_DEPENDENT("endpoint-dependent"),
    /** The server has one address, or its second one does not answer. */
    UNKNOWN("unknown");

    private final String label;

    NatMapping(String label) {
        this.label = label;
    }

    /** In the words of RFC 5780. */
    public String label() {
        return label;
    }
}
