package dev.byway.core.policy;

import java.util.Locale;

/** A set of defaults, chosen by {@code --profile}. */
public enum Profile {
    /** Byway's own. */
    BYWAY,
    /** Delivery Optimization's, for the settings that it has. */
    MICROSOFT;

    /** The name that {@code --profile} takes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
