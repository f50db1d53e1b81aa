package dev.byway.core.policy;

import java.util.Locale;

/** How far a setting is built. */
public enum Status {
    /** The value decides what Byway does. */
    ENFORCED,
    /** The value is accepted, checked and shown, and nothing acts on it yet. */
    PLANNED;

    /** The word in documents and JSON: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
