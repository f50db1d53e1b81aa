package dev.byway.core.fleet;

/**
 * A part of an administrator's site. Several prefixes with one name are one site.
 *
 * @param site the site's name: a letter, then letters, digits, '.', '_' or '-', 64 characters at most
 * @param prefix the addresses
 */
public record NamedPrefix(String site, Prefix prefix) {
    public NamedPrefix {
        if (!site.matches("[A-Za-z][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "the name of a site is a letter, then up to 63 letters, digits, '.', '_' or '-'");
        }
    }

    /**
     * Reads {@code berlin=10.1.0.0/16}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static NamedPrefix parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("a site's prefix is written name=prefix");
        }
        return new NamedPrefix(
                text.substring(0, equals).strip(),
                Prefix.parse(text.substring(equals + 1).strip()));
    }

    /** What {@link #parse} reads. */
    @Override
    public String toString() {
        return site + "=" + prefix;
    }
}
