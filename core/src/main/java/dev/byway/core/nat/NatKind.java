package dev.byway.core.nat;

import java.util.Arrays;

/**
 * What kind of NAT a device is behind, in the words of RFC 4787 sections 4.1 and 5, and RFC 5780.
 *
 * @param mapping how it makes a device appear to others
 * @param filtering whom it lets in
 */
public record NatKind(NatMapping mapping, NatFiltering filtering) {
    /** Nobody has found out. */
    public static final NatKind UNKNOWN = new NatKind(NatMapping.UNKNOWN, NatFiltering.UNKNOWN);

    /** Longest {@link #text}, in characters. */
    public static final int MAX_TEXT = 80;

    /** Whether two devices can meet. */
    public enum Prospect {
        /** There is a way. */
        WAY,
        /** There is none. */
        NO_WAY,
        /** What is known does not tell. */
        UNKNOWN
    }

    /** Whether this is a symmetric NAT, behind which nobody can tell where the next packet will come from. */
    public boolean isSymmetric() {
        return mapping == NatMapping.ENDPOINT_DEPENDENT;
    }

    /** Whether a device behind this NAT can meet one behind the other, by the rules of RFC 6081 (its figure 1); both ways alike. */
    public Prospect prospect(NatKind other) {
        if (isSymmetric()) {
            return other.takesSymmetric();
        }
        if (other.isSymmetric()) {
            return takesSymmetric();
        }
        boolean bothKnown = mapping != NatMapping.UNKNOWN && other.mapping != NatMapping.UNKNOWN;
        boolean eitherTakesAll = takesSymmetric() == Prospect.WAY || other.takesSymmetric() == Prospect.WAY;
        return bothKnown || eitherTakesAll ? Prospect.WAY : Prospect.UNKNOWN;
    }

    /** Whether a packet from a port that no address names gets in. */
    private Prospect takesSymmetric() {
        return switch (mapping) {
            case ENDPOINT_DEPENDENT -> Prospect.NO_WAY;
            case UNKNOWN -> Prospect.UNKNOWN;
            case ENDPOINT_INDEPENDENT ->
                switch (filtering) {
                    case ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT -> Prospect.WAY;
                    case ADDRESS_AND_PORT_DEPENDENT -> Prospect.NO_WAY;
                    case UNKNOWN -> Prospect.UNKNOWN;
                };
        };
    }
    /** For a person: "a symmetric NAT (endpoint-dependent mapping, address-dependent filtering)". */
    public String words() {
        return usual() + " (" + mapping.label() + " mapping, " + filtering.label() + " filtering)";
    }

    private String usual() {
        return switch (mapping) {
            case ENDPOINT_DEPENDENT -> "a symmetric NAT";
            case UNKNOWN -> "a NAT of unknown kind";
            case ENDPOINT_INDEPENDENT ->
                switch (filtering) {
                    case ENDPOINT_INDEPENDENT -> "a full-cone NAT";
                    case ADDRESS_DEPENDENT -> "a restricted NAT";
                    case ADDRESS_AND_PORT_DEPENDENT -> "a port-restricted NAT";
                    case UNKNOWN -> "a cone NAT";
                };
        };
    }

    /** As messages have it: {@code endpoint-independent/address-dependent}. */
    public String text() {
        return mapping.label() + "/" + filtering.label();
    }

    /**
     * What {@link #text} has written; words that are not known, which a newer program may have written, mean unknown.
     *
     * @throws IllegalArgumentException when it is not two words
     */
    public static NatKind parse(String text) {
        int between = text.indexOf('/');
        if (between < 1) {
            throw new IllegalArgumentException("a NAT is MAPPING/FILTERING, not " + text);
        }
        return new NatKind(
                Arrays.stream(NatMapping.values())
                        .filter(mapping -> mapping.label().equals(text.substring(0, between)))
                        .findFirst()
                        .orElse(NatMapping.UNKNOWN),
                Arrays.stream(NatFiltering.values())
                        .filter(filtering -> filtering.label().equals(text.substring(between + 1)))
                        .findFirst()
                        .orElse(NatFiltering.UNKNOWN));
    }
}
