package dev.byway.core.nat;

/** What the NAT in front of a device was seen to do, in the words of RFC 5780. */
public record NatBehaviour(NatMapping mapping, NatFiltering filtering, NatHairpin hairpin) {
    /** Nothing is known. */
    public static final NatBehaviour UNKNOWN =
            new NatBehaviour(NatMapping.UNKNOWN, NatFiltering.UNKNOWN, NatHairpin.UNKNOWN);

    /** What decides whom a device behind it can meet. */
    public NatKind kind() {
        return new NatKind(mapping, filtering);
    }

    /** {@code endpoint-independent mapping, address-dependent filtering}. */
    public String words() {
        return mapping.label() + " mapping, " + filtering.label() + " filtering";
    }
}
