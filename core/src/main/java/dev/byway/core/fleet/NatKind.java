package dev.byway.core.fleet;

import java.util.Arrays;
import java.util.Locale;

/**
 * What kind of NAT a device is behind, in the words of RFC 4787 sections 4.1 and 5, and RFC 5780.
 *
 * @param mapping how it makes a device appear to others
 * @param filtering whom it lets in
 */
public record NatKind(Mapping mapping, Filtering filtering) {
    /** Nobody has found out. */
    public static final NatKind UNKNOWN = new NatKind(Mapping.UNKNOWN, Filtering.UNKNOWN);

    /** Longest text. */
    static final int MAX_TEXT = 80;

    /** How a device appears. */
    public enum Mapping {
        /** At the same port to all. */
        ENDPOINT_INDEPENDENT,
        /** At another port to each: a symmetric NAT. */
        ENDPOINT_DEPENDENT,
        UNKNOWN
    }

    /** Who may answer. */
    public enum Filtering {
        /** Anybody, once the device has sent something: a full cone. */
        ENDPOINT_INDEPENDENT,
        /** Those addresses to which the device has sent something: a restricted cone. */
        ADDRESS_DEPENDENT,
        /** Those ports to which it has sent something. */
        ADDRESS_AND_PORT_DEPENDENT,
        UNKNOWN
    }

    /**
     * Whether two devices behind such NATs find each other (RFC 6081 section 3: all pairings but those of a symmetric NAT with a
     * symmetric or a port-restricted one). Where a kind is unknown they may.
     */
    public boolean mayMeet(NatKind other) {
        return !(hides() && other.isStrict()) && !(other.hides() && isStrict());
    }

    private boolean hides() {
        return mapping == Mapping.ENDPOINT_DEPENDENT;
    }

    private boolean isStrict() {
        return hides() || filtering == Filtering.ADDRESS_AND_PORT_DEPENDENT;
    }

    /** For a person: "a symmetric NAT (endpoint-dependent mapping, address-dependent filtering)". */
    public String words() {
        return usual() + " (" + word(mapping) + " mapping, " + word(filtering) + " filtering)";
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
    String text() {
        return word(mapping) + "/" + word(filtering);
    }

    /**
     * What {@link #text} has written; words that are not known, which a newer program may have written, mean unknown.
     *
     * @throws IllegalArgumentException when it is not two words
     */
    static NatKind parse(String text) {
        int between = text.indexOf('/');
        if (between < 1) {
            throw new IllegalArgumentException("a NAT is MAPPING/FILTERING, not " + text);
        }
        return new NatKind(
                known(Mapping.values(), text.substring(0, between), Mapping.UNKNOWN),
                known(Filtering.values(), text.substring(between + 1), Filtering.UNKNOWN));
    }

    private static <E extends Enum<E>> E known(E[] all, String word, E otherwise) {
        return Arrays.stream(all)
                .filter(value -> word(value).equals(word))
                .findFirst()
                .orElse(otherwise);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
