package dev.byway.core.ports;

/** Where the other end may be. */
public enum Reach {
    /** The subnets that this machine is in. */
    SUBNET("local subnet"),
    /** A site may have many subnets; behind one public address all of them are private (RFC 1918, RFC 4193). */
    SITE("private networks"),
    /** Any address. */
    ANYWHERE("any");

    private final String label;

    Reach(String label) {
        this.label = label;
    }

    /** For people and JSON. */
    public String label() {
        return label;
    }
}
