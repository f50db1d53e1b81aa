package dev.byway.core.ports;

import java.util.Locale;

/** What a port belongs to. */
public enum Transport {
    TCP,
    UDP;

    /** As firewalls and JSON write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
