package dev.byway.core.ports;

import java.util.Locale;

/** Which way the first packet goes, seen from this machine; the answers to it are presumed to be let through. */
public enum Way {
    IN,
    OUT;

    /** In JSON: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
